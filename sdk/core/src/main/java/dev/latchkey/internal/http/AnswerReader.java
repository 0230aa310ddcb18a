package dev.latchkey.internal.http;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Takes an answer out of OkHttp, never more of it than a limit of inflated bytes (V-11, F-15). The caller closes the
 * response.
 */
public final class AnswerReader {
    /** The limit for answers of a token endpoint: 256 KiB. */
    public static final int TOKEN_LIMIT = 256 << 10;

    /** The limit for error bodies of an API: 1 MiB. */
    public static final int API_LIMIT = 1 << 20;

    /** A body that comes byte by byte is waited for no longer: a read time-out begins anew with each byte (F-08). */
    private static final long API_SECONDS = 5;

    private AnswerReader() {}

    /**
     * Reads the answer of a token endpoint, where a body that is cut off is a failure.
     *
     * @param response the open response
     * @param now the time, by our clock
     * @return the answer, marked as truncated where it is beyond {@link #TOKEN_LIMIT}
     * @throws IOException if the body cannot be read to its end
     */
    public static HttpAnswer readToken(Response response, Instant now) throws IOException {
        BufferedSource source = response.body().source();
        boolean beyond = source.request(TOKEN_LIMIT + 1L);
        return answer(response, source, beyond, now);
    }

    /**
     * Reads the error of an API, where the status counts even if the body breaks off.
     *
     * @param response the open response
     * @param now the time, by our clock
     * @return the answer, marked as truncated where the body is beyond {@link #API_LIMIT} or was cut
     */
    public static HttpAnswer readApi(Response response, Instant now) {
        BufferedSource source = response.body().source();
        boolean cut = isCut(source);
        return answer(response, source, cut, now);
    }

    private static boolean isCut(BufferedSource source) {
        source.timeout().deadline(API_SECONDS, TimeUnit.SECONDS);
        try {
            return source.request(API_LIMIT + 1L);
        } catch (IOException e) {
            // What came before the cut is in the buffer, and the status is known: the error is reported with both.
            return true;
        } finally {
            source.timeout().clearDeadline();
        }
    }

    private static HttpAnswer answer(Response response, BufferedSource source, boolean truncated, Instant now) {
        byte[] body = truncated ? start(source) : source.getBuffer().snapshot().toByteArray();
        HttpAnswer answer = HttpAnswer.of(response.code(), response.headers().toMultimap(), body, now);
        return truncated ? answer.asTruncated() : answer;
    }

    /** Of a body that is not whole only an excerpt is of use. */
    private static byte[] start(BufferedSource source) {
        int size = (int) Math.min(source.getBuffer().size(), 8 << 10);
        return source.getBuffer().snapshot(size).toByteArray();
    }
}
