package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import okio.ByteString;

/** An answer of HTTP as a value: what a fake says, before it is decided how that goes over the wire. */
record Reply(int status, Headers headers, ByteString body) {

    static final Reply NONE = new Reply(0, Headers.NONE, ByteString.EMPTY);

    static Reply of(int status, String contentType, byte[] body) {
        Headers headers = contentType.isEmpty() ? Headers.NONE : Headers.NONE.with("Content-Type", contentType);
        return new Reply(status, headers, ByteString.of(body));
    }

    static Reply json(int status, JsonNode body) {
        return of(status, "application/json", Json.bytes(body));
    }

    Reply with(String name, String value) {
        return new Reply(status, headers.with(name, value), body);
    }
}
