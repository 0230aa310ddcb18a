package dev.latchkey.login;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the claims of an ID token whose signature is good.
 *
 * @param issuer the issuer that was asked
 * @param clientId the client
 * @param pending the sign-in
 * @param now the time
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core, section 3.1.3.7</a>
 */
record IdTokenClaims(String issuer, String clientId, PendingLogin pending, Instant now) {
    private static final Duration SKEW = Duration.ofMinutes(1);

    /**
     * Says what is wrong.
     *
     * @param claims the claims
     * @return what is wrong, naming the claim; empty where nothing is
     */
    Optional<String> fault(Map<String, Object> claims) {
        if (!issuer.equals(claims.get("iss"))) {
            return Optional.of("iss is not the issuer " + issuer);
        }
        if (!audience(claims).contains(clientId)) {
            return Optional.of("aud does not name this client");
        }
        if (audience(claims).size() > 1 && !clientId.equals(claims.getOrDefault("azp", clientId))) {
            return Optional.of("azp is another client");
        }
        Optional<Instant> expiresAt = instant(claims.get("exp"));
        if (expiresAt.isEmpty() || !now.isBefore(expiresAt.get().plus(SKEW))) {
            return Optional.of("exp is absent or past");
        }
        if (instant(claims.get("iat")).filter(at -> at.isAfter(now.plus(SKEW))).isPresent()) {
            return Optional.of("iat is in the future");
        }
        if (!pending.hasNonce(String.valueOf(claims.getOrDefault("nonce", "")))) {
            return Optional.of("nonce is not that of this sign-in");
        }
        return claims.get("sub") instanceof String subject && !subject.isBlank()
                ? Optional.empty()
                : Optional.of("sub is absent");
    }

    private static List<?> audience(Map<String, Object> claims) {
        return claims.get("aud") instanceof List<?> list ? list : List.of(claims.getOrDefault("aud", ""));
    }

    private static Optional<Instant> instant(@Nullable Object seconds) {
        return seconds instanceof Number number && Math.abs(number.doubleValue()) < 1e11
                ? Optional.of(Instant.ofEpochSecond(number.longValue()))
                : Optional.empty();
    }
}
