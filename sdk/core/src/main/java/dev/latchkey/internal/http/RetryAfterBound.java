package dev.latchkey.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from acting on {@code Retry-After} by itself, which it does in failures only. Of a 408 or a 503 it reads the number:
 * it fails on one that does not fit an {@code int}, letting the {@link NumberFormatException} out, and on a zero it sends the
 * request of a 503 again at once, unasked,
 * which doubles the load of an API that is down. Belongs where each hop leaves, as a network interceptor.
 *
 * <p>Thread-safety: immutable.
 */
public final class RetryAfterBound implements Interceptor {
    private static final int MOST_DIGITS = 9;
    /** Another spelling of zero seconds, and one that OkHttp does not read. */
    private static final String NOW = "Thu, 01 Jan 1970 00:00:00 GMT";

    @Override
    public Response intercept(Chain chain) throws IOException {
        return bounded(chain.proceed(chain.request()));
    }

    /** {@return the response, an endless {@code Retry-After} replaced by one of thirty years, a zero by a date gone by} */
    public static Response bounded(Response response) {
        if (response.isSuccessful()) {
            return response;
        }
        String value = response.header("Retry-After");
        if (value == null || value.isEmpty() || !value.chars().allMatch(Character::isDigit)) {
            return response;
        }
        if (value.length() > MOST_DIGITS) {
            return with(response, "9".repeat(MOST_DIGITS));
        }
        return Integer.parseInt(value) == 0 ? with(response, NOW) : response;
    }

    private static Response with(Response response, String value) {
        return response.newBuilder().header("Retry-After", value).build();
    }
}
