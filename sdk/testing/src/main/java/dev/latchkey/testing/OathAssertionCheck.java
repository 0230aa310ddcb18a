package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What OpenAM checks of an assertion, which is laxer about time than RFC 7523 needs, and does not look at {@code jti}. */
final class OathAssertionCheck {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String NOT_VALID = "oath-expired";

    private final ErrorCatalog errors;
    private final InstantSource clock;
    private final String tokenEndpoint;

    OathAssertionCheck(SimulatorState state, String tokenEndpoint) {
        this.errors = state.errors;
        this.clock = state.clock;
        this.tokenEndpoint = tokenEndpoint;
    }

    /** What can be said before the client is known. */
    void form(Assertion assertion) {
        String algorithm = assertion.headerText("alg").orElse("none");
        if (algorithm.equals("none")) {
            throw errors.misuse("oath-no-alg", "The assertion's header has no alg: set HS256");
        }
        if (!assertion.headerText("typ").orElse("absent").equals("JWT")) {
            throw errors.misuse("oath-server-error", "The assertion's typ must be JWT");
        }
    }

    void check(OathClient client, Assertion assertion, TokenRequest request) {
        audience(client, assertion);
        try {
            AssertionSignature.check(client.registered(), assertion);
        } catch (Refusal refusal) {
            throw errors.refusal(NOT_VALID, refusal);
        }
        issuer(client, assertion, request);
        lifetime(assertion, clock.instant());
    }

    private void audience(OathClient client, Assertion assertion) {
        String expected = tokenEndpoint + "?realm=" + client.realm();
        JsonNode audience = assertion.claims().path("aud");
        if (!isText(audience, expected) && !contains(audience, expected)) {
            throw errors.refusal("oath-audience", "The assertion's aud must be " + expected + ", but is " + audience);
        }
    }

    private static boolean contains(JsonNode audience, String expected) {
        if (!audience.isArray()) {
            return false;
        }
        for (JsonNode element : audience) {
            if (isText(element, expected)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(JsonNode node, String expected) {
        return node.isTextual() && node.textValue().equals(expected);
    }

    private void issuer(OathClient client, Assertion assertion, TokenRequest request) {
        String issuer = assertion
                .text("iss")
                .orElseThrow(() -> errors.misuse(NOT_VALID, "The assertion has no iss, or it is no text"));
        if (!issuer.equals(client.id())
                || !request.parameter("client_id").orElse(client.id()).equals(client.id())) {
            throw errors.misuse("oath-iss-sub", "iss, sub and a client_id in the body must be the same");
        }
    }

    private void lifetime(Assertion assertion, Instant now) {
        Instant expiresAt =
                seconds(assertion, "exp").orElseThrow(() -> errors.misuse(NOT_VALID, "The assertion has no exp"));
        refuseIf(!expiresAt.isAfter(now.minus(SKEW)), "The assertion expired at " + expiresAt + ", now it is " + now);
        refuseIf(expiresAt.isAfter(now.plus(DAY)), "exp " + expiresAt + " is over 24 hours ahead, now it is " + now);
        seconds(assertion, "nbf").ifPresent(at -> refuseIf(at.isAfter(now.plus(SKEW)), "nbf is in the future"));
        seconds(assertion, "iat")
                .ifPresent(at -> refuseIf(at.isBefore(now.minus(DAY)), "iat is more than 24 hours ago"));
    }

    private void refuseIf(boolean wrong, String reason) {
        if (wrong) {
            throw errors.refusal(NOT_VALID, reason);
        }
    }

    /** The vendor's page lists times that are no numbers under the server error. */
    private Optional<Instant> seconds(Assertion assertion, String claim) {
        JsonNode value = assertion.claims().path(claim);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || Math.abs(value.longValue()) > 1L << 40) {
            throw errors.misuse("oath-server-error", "The assertion's " + claim + " must be an integer of seconds");
        }
        return Optional.of(Instant.ofEpochSecond(value.longValue()));
    }
}
