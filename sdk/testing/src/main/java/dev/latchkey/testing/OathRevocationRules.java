package dev.latchkey.testing;

import java.util.List;
import java.util.Optional;

/** The end of a token at its client's wish; the client proves itself as at the token endpoint. */
final class OathRevocationRules implements TokenRules {

    private final ErrorCatalog errors;
    private final RequestRules form = new RequestRules(new Settings());
    private final OathAuthentication authentication;
    private final Tokens tokens;

    /** What there is to end. */
    record Tokens(SimulatorState state, OathTokens access, SignIns signIns) {

        Optional<String> owner(String token) {
            return state.accessTokens
                    .find(token)
                    .map(issued -> access.principal(issued).client())
                    .or(() ->
                            signIns.find(token).map(signIn -> signIn.principal().client()));
        }

        /** A refresh token ends with all that came of it. */
        void end(String token) {
            state.accessTokens.revoke(token);
            signIns.revoke(token).ifPresent(state.accessTokens::revokeFamily);
        }
    }

    OathRevocationRules(OathAuthentication authentication, Tokens tokens) {
        this.errors = tokens.state().errors;
        this.authentication = authentication;
        this.tokens = tokens;
    }

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faultsButAccept(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(RequestRules.method(request).map(fault -> errors.refusal("oath-method", fault)));
        Refusal.throwIf(form.contentType(request).map(fault -> errors.refusal("oath-content-type", fault)));
        Refusal.throwIf(faults.stream().findFirst());
        OathClient client = authentication.authenticate(request);
        String token = request.parameter("token")
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> errors.misuse("oath-server-error", "The parameter token is missing"));
        if (tokens.owner(token).filter(key -> !key.equals(client.key())).isPresent()) {
            throw errors.refusal("oath-code", "The token was issued to another client or realm");
        }
        tokens.end(token);
        return Reply.json(200, Json.object());
    }
}
