package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A documented error whose description repeats something of the request, where the page has an example of it. */
final class Echo {

    private Echo() {}

    static Reply of(DocumentedError error, String example, String value) {
        ObjectNode body = Json.readObject(error.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException(error + " has no JSON object as its body"));
        String description = body.path("error_description").asText();
        body.put("error_description", description.replace(example, value));
        return error.replyWith(new String(Json.bytes(body), StandardCharsets.UTF_8));
    }
}
