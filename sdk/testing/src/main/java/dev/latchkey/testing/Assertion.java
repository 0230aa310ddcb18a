package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.ByteString;

/** A client assertion taken apart (RFC 7515, section 7.1), nothing of it checked yet. */
record Assertion(ObjectNode header, ObjectNode claims, ByteString signingInput, ByteString signature) {

    /** What {@code client_assertion_type} is for a JWT (RFC 7523, section 2.2). */
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    static Optional<Assertion> parse(String compact) {
        if (!COMPACT.matcher(compact).matches()) {
            return Optional.empty();
        }
        String[] parts = compact.split("\\.", -1);
        return object(parts[0])
                .flatMap(header -> object(parts[1])
                        .map(claims -> new Assertion(
                                header,
                                claims,
                                ByteString.of((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)),
                                ByteString.of(new Base64URL(parts[2]).decode()))));
    }

    static Assertion require(String compact) {
        return parse(compact)
                .orElseThrow(() -> Refusal.malformedCredential("client_assertion is no JWT of three base64url parts"));
    }

    private static Optional<ObjectNode> object(String part) {
        return Json.readObject(new Base64URL(part).decode());
    }

    /** The claim, empty where it is absent or no string. */
    Optional<String> text(String claim) {
        return text(claims.path(claim));
    }

    Optional<String> headerText(String parameter) {
        return text(header.path(parameter));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
