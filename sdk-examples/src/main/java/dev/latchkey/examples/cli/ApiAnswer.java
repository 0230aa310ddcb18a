package dev.latchkey.examples.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Response;

/**
 * An answer of an API, read to its end.
 *
 * @param status the HTTP status
 * @param headers the header fields, values of a repeated one joined
 * @param charset the encoding of the text
 * @param body the bytes
 */
record ApiAnswer(int status, Map<String, String> headers, Charset charset, byte[] body) {
    static ApiAnswer read(Response response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach(header -> headers.merge(
                        header.getFirst(),
                        Masking.header(header.getFirst(), header.getSecond()),
                        (a, b) -> a + ", " + b));
        MediaType type = response.body().contentType();
        Charset charset = type == null ? StandardCharsets.UTF_8 : type.charset(StandardCharsets.UTF_8);
        return new ApiAnswer(
                response.code(),
                headers,
                charset == null ? StandardCharsets.UTF_8 : charset,
                response.body().bytes());
    }

    String text() {
        return new String(body, charset);
    }
}
