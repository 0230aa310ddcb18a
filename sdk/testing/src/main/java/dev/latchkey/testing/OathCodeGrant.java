package dev.latchkey.testing;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;

/** Authorization codes of ID B2B, each of one client in one realm. */
final class OathCodeGrant {

    private static final String BAD_GRANT = "oath-code";

    private final ErrorCatalog errors;
    private final AuthorizationCodes codes;
    private final OathIdTokens idTokens;
    private final Collection<String> redirectUris;

    OathCodeGrant(
            ErrorCatalog errors, AuthorizationCodes codes, OathIdTokens idTokens, Collection<String> redirectUris) {
        this.errors = errors;
        this.codes = codes;
        this.idTokens = idTokens;
        this.redirectUris = redirectUris;
    }

    /** What is made of a consent, and of the ID token that an access token needs. */
    interface Issue extends BiFunction<Consent, OathTokens.Extra, Reply> {}

    Reply redeem(OathClient client, TokenRequest request, String redirectUri, Issue issue) {
        try {
            return codes.redeem(request.parameter("code").orElse(""), client.key(), consent -> {
                check(consent.request(), redirectUri, request.parameter("code_verifier"));
                return issue.apply(consent, token -> idTokens.of(consent, client, token));
            });
        } catch (Refusal refusal) {
            throw errors.refusal(BAD_GRANT, refusal);
        }
    }

    /** A proof key is not documented; OpenAM looks at one that was sent. */
    private void check(AuthorizationRequest asked, String redirectUri, Optional<String> verifier) {
        if (!redirectUris.contains(redirectUri)) {
            throw errors.refusal("oath-redirect", "redirect_uri is not registered");
        }
        if (!redirectUri.equals(asked.text("redirect_uri"))) {
            throw errors.refusal(BAD_GRANT, "redirect_uri is not that of the authorization request");
        }
        asked.parameter("code_challenge")
                .flatMap(challenge -> Pkce.fault(challenge, verifier.orElse("")))
                .ifPresent(fault -> {
                    throw errors.refusal(BAD_GRANT, fault);
                });
    }
}
