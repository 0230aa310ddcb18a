package dev.latchkey.internal.endpoint;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A body that OkHttp may send once. It is the one setting that stops every re-send inside OkHttp (a stale connection, 408,
 * 503 with {@code Retry-After: 0}, 307), each of which would repeat an assertion or spend a refresh token twice.
 */
final class OneShotBody extends RequestBody {
    private final MediaType type;
    private final byte[] content;
    private volatile boolean begun;

    OneShotBody(MediaType type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    /** Whether the body has begun to go out; before that the server certainly has not acted on the request. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return content.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        begun = true;
        sink.write(content);
    }
}
