package dev.latchkey.testing;

import java.util.List;
import java.util.Optional;

/** The end of a token at its client's wish (RFC 7009): an access token alone, a refresh token with all that came of it. */
record RevocationRules(RequestRules form, ClientAuthenticationCheck authentication, SignInParts.Tokens tokens)
        implements TokenRules {

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faultsButAccept(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(faults.stream().findFirst());
        FakeClient client = authentication.authenticate(request);
        String token = request.required("token");
        if (owner(token).filter(id -> !id.equals(client.clientId())).isPresent()) {
            throw Refusal.of("unauthorized_client", "The token was issued to another client");
        }
        tokens.access().revoke(token);
        tokens.refresh().revoke(token);
        return Reply.of(200, "", new byte[0]);
    }

    /** Empty for an unknown token, of which section 2.2 says that it is as good as revoked. */
    private Optional<String> owner(String token) {
        return tokens.access()
                .find(token)
                .map(AccessTokens.Issued::clientId)
                .or(() -> tokens.refresh().holder(token).map(Principal::client));
    }
}
