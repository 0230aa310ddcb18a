package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** What a token says, told to any client that proves itself (RFC 7662). */
record IntrospectionRules(
        RequestRules form,
        ClientAuthenticationCheck authentication,
        SignInParts.Tokens tokens,
        Function<Principal, Subject> subjects)
        implements TokenRules {

    /** By whom a token was issued, and about whom. */
    record Subject(String issuer, String name) {}

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return form.faults(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(faults.stream().findFirst());
        if (authentication.authenticate(request).method() == AuthenticationMethod.NONE) {
            throw Refusal.invalidClient("A public client may not introspect");
        }
        String token = request.required("token");
        ObjectNode answer = tokens.access()
                .active(token)
                .map(this::accessToken)
                .or(() -> tokens.refresh()
                        .holder(token)
                        .filter(holder -> tokens.refresh().isCurrent(token))
                        .map(this::describe))
                .orElseGet(() -> Json.object().put("active", false));
        return Reply.json(200, answer).with("Cache-Control", "no-store");
    }

    private ObjectNode accessToken(AccessTokens.Issued token) {
        return describe(new Principal(token.family(), token.clientId(), "", token.scopes()))
                .put("token_type", "Bearer")
                .put("exp", token.expiresAt().getEpochSecond());
    }

    private ObjectNode describe(Principal holder) {
        Subject subject = subjects.apply(holder);
        ObjectNode answer = Json.object()
                .put("active", true)
                .put("client_id", holder.client())
                .put("sub", subject.name())
                .put("iss", subject.issuer());
        return holder.scopes().isEmpty() ? answer : answer.put("scope", Scopes.text(holder.scopes()));
    }
}
