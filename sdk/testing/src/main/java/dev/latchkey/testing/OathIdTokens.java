package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ID tokens with the claims of ID B2B. */
final class OathIdTokens {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final IdTokens idTokens;
    private final String issuer;
    private final InstantSource clock;

    OathIdTokens(IdTokens idTokens, String issuer, InstantSource clock) {
        this.idTokens = idTokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Only where a person let the client know who it is. */
    Optional<String> of(Consent consent, OathClient client, String accessToken) {
        return consent.principal().scopes().contains("openid")
                ? Optional.of(idTokens.sign(claims(consent, client, accessToken)))
                : Optional.empty();
    }

    private Map<String, Object> claims(Consent consent, OathClient client, String accessToken) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", consent.principal().userId());
        claims.put("aud", List.of(client.id()));
        claims.put("azp", client.id());
        claims.put("nonce", consent.request().text("nonce"));
        claims.put("at_hash", IdTokens.accessTokenHash(accessToken));
        claims.put("auth_time", consent.at().getEpochSecond());
        claims.put("realm", "/" + client.realm());
        claims.put("tokenType", "JWTToken");
        claims.put("iat", now);
        claims.put("exp", now + LIFE.toSeconds());
        return claims;
    }
}
