package dev.latchkey.internal.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the very assertion that a server refused, and names what in it a server may object to. Servers seldom say,
 * and what they say in {@code error_description} differs from one to the next.
 */
final class AssertionCheck {
    private static final long LONGEST_LIFE = 300;
    private static final long NOTABLE_SKEW = 5;

    private final Map<String, Object> header;
    private final Map<String, Object> claims;
    private final RequestFacts facts;

    AssertionCheck(RequestFacts facts) {
        this.facts = facts;
        this.header = facts.assertionHeader();
        this.claims = facts.assertionClaims();
    }

    /** The findings first, the certain ones before the possible ones, then what was sent. */
    String remedy(HttpAnswer answer) {
        List<String> findings = new ArrayList<>();
        Optional<Long> clockAhead = answer.clockAheadSeconds();
        clockAhead.ifPresent(ahead -> clock(ahead, findings));
        if (!facts.isOfPreparedProvider()) {
            life(findings);
            audience(findings);
        }
        keyId(findings);
        subject(findings);
        audienceQuery(findings);
        findings.add(
                isSymmetric()
                        ? "Check that the client secret is the one of this client and environment."
                        : "Check that the public key of this kid is registered for this client and environment.");
        if (clockAhead.isEmpty()) {
            findings.add("Check this machine's clock against iat, too: the server does not tell its own.");
        }
        findings.add("The assertion said " + summary() + ".");
        return String.join(" ", findings);
    }

    /** Where the provider's own words come first: only what is certain, and what was sent. */
    String beside(HttpAnswer answer) {
        List<String> findings = new ArrayList<>();
        answer.clockAheadSeconds().ifPresent(ahead -> clock(ahead, findings));
        subject(findings);
        audienceQuery(findings);
        findings.add("The assertion said " + summary() + ".");
        return String.join(" ", findings);
    }

    private static void clock(long ahead, List<String> findings) {
        if (Math.abs(ahead) > NOTABLE_SKEW) {
            findings.add("Your clock is " + Math.abs(ahead) + " s " + (ahead > 0 ? "ahead of" : "behind")
                    + " the server's: set it, for example with NTP.");
        }
    }

    private void life(List<String> findings) {
        Long life = life();
        if (life == null) {
            findings.add("It lacks a numeric iat or exp.");
        } else if (life > LONGEST_LIFE || life <= 0) {
            findings.add("It lives " + life + " s from iat to exp; servers accept at most " + LONGEST_LIFE
                    + " s, some 60 s.");
        }
    }

    private @Nullable Long life() {
        return claims.get("exp") instanceof Number exp && claims.get("iat") instanceof Number iat
                ? exp.longValue() - iat.longValue()
                : null;
    }

    private void keyId(List<String> findings) {
        if (!header.containsKey("kid") && !isSymmetric()) {
            findings.add("It has no kid: name the id under which the key is registered with"
                    + " SigningKey.withKeyId(\"...\").");
        }
    }

    private boolean isSymmetric() {
        return header.getOrDefault("alg", "none").toString().startsWith("HS");
    }

    private void subject(List<String> findings) {
        if (!Objects.equals(claims.get("iss"), claims.get("sub"))) {
            findings.add("Its iss and sub differ; both must be the client id.");
        }
    }

    private void audience(List<String> findings) {
        Object audience = claims.get("aud");
        if (audience instanceof List<?> list && list.size() == 1) {
            audience = list.get(0);
        }
        findings.add(
                audience instanceof String text
                        ? audience(text)
                        : "Its aud is not a single text, which some servers refuse: use AssertionProfile.issuer() or"
                                + " AssertionProfile.tokenEndpoint().");
    }

    private String audience(String audience) {
        String issuer = facts.issuer();
        if (audience.equals(issuer)) {
            return "Its aud is the issuer, as RFC 10070 wants; if this server wants the token endpoint, use"
                    + " AssertionProfile.tokenEndpoint().";
        }
        if (issuer != null && withoutSlash(audience).equals(withoutSlash(issuer))) {
            return "Its aud differs from the issuer by a trailing slash only: the two must be identical.";
        }
        if (audience.equals(facts.tokenEndpoint())) {
            return "Its aud is the token endpoint, which servers that follow RFC 10070 refuse: name the issuer and use"
                    + " AssertionProfile.issuer().";
        }
        return "Its aud is neither the issuer nor the token endpoint: compare it with what the provider documents.";
    }

    /** Some servers put a parameter of the request into the audience, where it must be the same, case included. */
    private void audienceQuery(List<String> findings) {
        if (!(claims.get("aud") instanceof String audience) || !audience.contains("?")) {
            return;
        }
        String query = audience.substring(audience.indexOf('?') + 1);
        for (String pair : query.split("&", -1)) {
            String name = pair.replaceFirst("=.*", "");
            String value = pair.substring(Math.min(pair.length(), name.length() + 1));
            String sent = facts.parameters().get(name);
            if (sent != null && !sent.equals(value)) {
                findings.add("Its aud has " + name + "=" + value + ", but the request has " + name + "=" + sent
                        + ": they must be the same.");
            }
            value.chars()
                    .filter(Character::isUpperCase)
                    .findFirst()
                    .ifPresent(letter -> findings.add("The " + name + " in its aud, " + value
                            + ", has the upper-case letter " + Character.toString(letter)
                            + ", and servers compare exactly."));
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private String summary() {
        Long life = life();
        return "alg " + header.get("alg") + ", kid " + header.getOrDefault("kid", "none") + ", typ "
                + header.getOrDefault("typ", "none") + ", iss " + claims.get("iss") + ", aud " + claims.get("aud")
                + ", exp - iat " + (life == null ? "unknown" : life + " s") + issuedAt();
    }

    private String issuedAt() {
        return claims.get("iat") instanceof Number iat ? ", iat " + Instant.ofEpochSecond(iat.longValue()) : "";
    }
}
