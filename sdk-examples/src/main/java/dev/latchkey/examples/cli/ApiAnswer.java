package dev.latchkey.examples.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Response;

/** An answer of an API, read to its end. */
final class ApiAnswer {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Charset charset;
    private final byte[] body;

    private ApiAnswer(Response response) throws IOException {
        status = response.code();
        Headers fields = response.headers();
        for (int i = 0; i < fields.size(); i++) {
            String value = Masking.header(fields.name(i), fields.value(i));
            headers.merge(fields.name(i), value, (one, other) -> one + ", " + other);
        }
        MediaType type = response.body().contentType();
        Charset named = type == null ? null : type.charset();
        charset = Objects.requireNonNullElse(named, StandardCharsets.UTF_8);
        body = response.body().bytes();
    }

    static ApiAnswer read(Response response) throws IOException {
        return new ApiAnswer(response);
    }

    int status() {
        return status;
    }

    /** The header fields; the values of a repeated one are joined, credentials are masked. */
    Map<String, String> headers() {
        return headers;
    }

    String text() {
        return new String(body, charset);
    }

    /** Writes the bytes as they came, and ends the line. */
    void writeTo(PrintStream out) {
        out.writeBytes(body);
        if (body.length > 0 && body[body.length - 1] != '\n') {
            out.println();
        }
    }
}
