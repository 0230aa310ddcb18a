package dev.latchkey.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from failing on a number of seconds that does not fit an {@code int}: of a 503 it reads {@code Retry-After}
 * itself and lets the {@link NumberFormatException} out. Belongs where each hop leaves, as a network interceptor.
 *
 * <p>Thread-safety: immutable.
 */
public final class RetryAfterBound implements Interceptor {
    private static final int MOST_DIGITS = 9;

    @Override
    public Response intercept(Chain chain) throws IOException {
        return bounded(chain.proceed(chain.request()));
    }

    /** {@return the response, an endless {@code Retry-After} replaced by one of thirty years} */
    public static Response bounded(Response response) {
        String value = response.header("Retry-After");
        boolean endless =
                value != null && value.length() > MOST_DIGITS && value.chars().allMatch(Character::isDigit);
        return endless
                ? response.newBuilder()
                        .header("Retry-After", "9".repeat(MOST_DIGITS))
                        .build()
                : response;
    }
}
