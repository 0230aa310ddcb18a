package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** Checks {@code aud} and {@code typ} of an assertion by the rule of its client. */
final class AudienceCheck {

    private static final String STRICT_TYPE = "client-authentication+jwt";

    private final Endpoints endpoints;

    AudienceCheck(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    void check(FakeClient client, Assertion assertion) {
        Optional<String> type = assertion.headerText("typ").map(t -> t.toLowerCase(Locale.ROOT));
        switch (client.credential().audience()) {
            case ISSUER -> issuer(assertion, type);
            case TOKEN_ENDPOINT -> tokenEndpoint(assertion, type);
            case EITHER -> either(assertion, type);
        }
    }

    private void issuer(Assertion assertion, Optional<String> type) {
        type(type, STRICT_TYPE);
        JsonNode audience = assertion.claims().path("aud");
        if (!audience.isTextual() || !audience.textValue().equals(endpoints.issuer())) {
            throw wrong("must be the issuer " + endpoints.issuer() + " as one string", audience);
        }
    }

    private void tokenEndpoint(Assertion assertion, Optional<String> type) {
        type(type, "jwt");
        JsonNode audience = assertion.claims().path("aud");
        if (!single(audience).equals(endpoints.tokenEndpoint())) {
            throw wrong("must be the token endpoint " + endpoints.tokenEndpoint(), audience);
        }
    }

    private void either(Assertion assertion, Optional<String> type) {
        if (type.isPresent() && type.get().equals(STRICT_TYPE)) {
            issuer(assertion, type);
            return;
        }
        type.ifPresent(value -> type(type, "jwt"));
        JsonNode audience = assertion.claims().path("aud");
        String single = single(audience);
        if (!single.equals(endpoints.issuer()) && !single.equals(endpoints.tokenEndpoint())) {
            throw wrong("must be " + endpoints.issuer() + " or " + endpoints.tokenEndpoint(), audience);
        }
    }

    private static void type(Optional<String> actual, String expected) {
        if (!actual.equals(Optional.of(expected))) {
            throw Refusal.invalidClient(
                    "The assertion's typ must be " + expected + ", but is " + actual.orElse("absent"));
        }
    }

    /** The string, or the only member of an array; empty for anything else. */
    private static String single(JsonNode audience) {
        return audience.isArray() && audience.size() == 1 ? audience.get(0).asText("") : audience.asText("");
    }

    private static Refusal wrong(String rule, JsonNode audience) {
        return Refusal.invalidClient(
                "The assertion's aud " + rule + ", but is " + (audience.isMissingNode() ? "absent" : audience));
    }
}
