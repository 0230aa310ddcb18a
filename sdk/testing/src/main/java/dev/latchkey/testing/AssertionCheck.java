package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;

/** Checks a client assertion, claim by claim (RFC 7523, section 3). */
final class AssertionCheck {

    private final InstantSource clock;
    private final Settings settings;
    private final AudienceCheck audience;
    private final JtiLog jtis;

    AssertionCheck(InstantSource clock, Settings settings, AudienceCheck audience, JtiLog jtis) {
        this.clock = clock;
        this.settings = settings;
        this.audience = audience;
        this.jtis = jtis;
    }

    /** The client that the assertion speaks of and that issued it: one and the same. */
    static String subject(Assertion assertion) {
        String subject = required(assertion, "sub");
        String issuer = required(assertion, "iss");
        if (!issuer.equals(subject)) {
            throw Refusal.malformedCredential(
                    "iss and sub must both be the client id, but are " + issuer + " and " + subject);
        }
        return subject;
    }

    void check(FakeClient client, Assertion assertion, TokenRequest request) {
        request.parameter("client_id")
                .filter(id -> !id.equals(client.clientId()))
                .ifPresent(id -> {
                    throw Refusal.malformedCredential(
                            "client_id is " + id + ", but the assertion's sub is " + client.clientId());
                });
        AssertionSignature.check(client, assertion);
        audience.check(client, assertion);
        lifetime(assertion);
        jti(assertion, request);
    }

    private void lifetime(Assertion assertion) {
        Instant now = clock.instant();
        Instant expiresAt = seconds(assertion, "exp");
        if (!now.isBefore(expiresAt)) {
            throw Refusal.invalidClient("The assertion expired at " + expiresAt + ", now it is " + now);
        }
        notBefore(assertion, now);
        if (settings.issuedAtRequired || assertion.claims().has("iat")) {
            issuedAt(seconds(assertion, "iat"), expiresAt, now);
        }
        if (expiresAt.isAfter(now.plus(settings.assertionLifeLimit))) {
            throw Refusal.invalidClient("exp " + expiresAt + " is too far ahead, now it is " + now + ", allowed are "
                    + settings.assertionLifeLimit.toSeconds() + " s");
        }
    }

    private void issuedAt(Instant issuedAt, Instant expiresAt, Instant now) {
        if (issuedAt.isAfter(now.plus(settings.assertionSkew))) {
            throw Refusal.invalidClient("The assertion's iat " + issuedAt + " is in the future, now it is " + now
                    + ", allowed are " + settings.assertionSkew);
        }
        if (expiresAt.isAfter(issuedAt.plus(settings.assertionLifeLimit))) {
            throw Refusal.invalidClient("exp is " + (expiresAt.getEpochSecond() - issuedAt.getEpochSecond())
                    + " s after iat, allowed are " + settings.assertionLifeLimit.toSeconds() + " s");
        }
    }

    private void notBefore(Assertion assertion, Instant now) {
        if (assertion.claims().has("nbf") && seconds(assertion, "nbf").isAfter(now.plus(settings.assertionSkew))) {
            throw Refusal.invalidClient("The assertion's nbf is in the future, now it is " + now);
        }
    }

    private static Instant seconds(Assertion assertion, String claim) {
        JsonNode value = assertion.claims().path(claim);
        if (value.isMissingNode()) {
            throw Refusal.malformedCredential("The assertion has no " + claim);
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Refusal.malformedCredential("The assertion's " + claim + " must be an integer of seconds");
        }
        return instant(value.longValue(), claim);
    }

    private static Instant instant(long seconds, String claim) {
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond() / 2) {
            throw Refusal.malformedCredential("The assertion's " + claim + " is no sensible time");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private void jti(Assertion assertion, TokenRequest request) {
        String unused = required(assertion, "jti");
        jtis.firstUse(assertion)
                .filter(first -> !first.equals(JtiLog.Use.in(request)))
                .ifPresent(first -> {
                    throw Refusal.invalidClient("The assertion's jti was seen before, in " + first);
                });
    }

    private static String required(Assertion assertion, String claim) {
        return assertion
                .text(claim)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> Refusal.malformedCredential("The assertion has no " + claim + ", or it is no text"));
    }
}
