package dev.latchkey.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Authorization codes at the token endpoint (RFC 6749, section 4.1.3; RFC 7636, section 4.6), and the ID token that comes with them. */
final class CodeGrant {

    private static final Duration ID_TOKEN_LIFE = Duration.ofMinutes(5);

    private final AuthorizationCodes codes;
    private final IdTokens idTokens;
    private final String issuer;
    private final InstantSource clock;

    CodeGrant(AuthorizationCodes codes, IdTokens idTokens, String issuer, InstantSource clock) {
        this.codes = codes;
        this.idTokens = idTokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    Reply redeem(FakeClient client, TokenRequest request, Function<Consent, Reply> grant) {
        String code = request.required("code");
        String redirectUri = request.required("redirect_uri");
        String verifier = request.required("code_verifier");
        return codes.redeem(code, client.clientId(), consent -> {
            check(consent.request(), redirectUri, verifier);
            return grant.apply(consent);
        });
    }

    private static void check(AuthorizationRequest request, String redirectUri, String verifier) {
        if (!redirectUri.equals(request.text("redirect_uri"))) {
            throw Refusal.of("invalid_grant", "redirect_uri is not that of the authorization request");
        }
        Pkce.fault(request.text("code_challenge"), verifier).ifPresent(fault -> {
            throw Refusal.of("invalid_grant", fault);
        });
    }

    /** Only where a person let the client know who it is. */
    Optional<String> idToken(Consent consent) {
        return consent.principal().scopes().contains("openid")
                ? Optional.of(idTokens.sign(claims(consent)))
                : Optional.empty();
    }

    private Map<String, Object> claims(Consent consent) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", consent.principal().userId());
        claims.put("aud", consent.principal().client());
        claims.put("exp", now.plus(ID_TOKEN_LIFE).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("nonce", consent.request().text("nonce"));
        claims.put("azp", consent.principal().client());
        return claims;
    }
}
