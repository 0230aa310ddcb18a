package dev.latchkey.testing;

/** Introspection as the vendor's page has it: with a Bearer token that may introspect. */
final class OathIntrospection {

    private static final String UNABLE = "oath-introspect-no-bearer";

    private final ErrorCatalog errors;
    private final OathTokens tokens;
    private final String issuer;

    OathIntrospection(ErrorCatalog errors, OathTokens tokens, String issuer) {
        this.errors = errors;
        this.tokens = tokens;
        this.issuer = issuer;
    }

    Reply answer(RecordedApiRequest request) {
        form(request);
        String realm = EncodedParameters.value(request.body(), "realm").orElse("");
        caller(request, realm);
        String token = EncodedParameters.value(request.body(), "token")
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> errors.misuse(UNABLE, "The parameter token is missing"));
        return tokens.active(token)
                .filter(issued -> tokens.realm(issued).equals(realm))
                .map(this::describe)
                .orElseGet(() -> Reply.json(200, Json.object().put("active", false)));
    }

    private void form(RecordedApiRequest request) {
        if (!request.method().equals("POST")) {
            throw errors.misuse("oath-method", "The method must be POST, but is " + request.method());
        }
        String contentType = request.header("Content-Type").orElse("absent");
        if (!contentType.equals("application/x-www-form-urlencoded")) {
            throw errors.misuse("oath-content-type", "The Content-Type must be that of a form, but is " + contentType);
        }
    }

    private void caller(RecordedApiRequest request, String realm) {
        if (request.header("Authorization").isEmpty()) {
            throw errors.misuse(UNABLE, "The header Authorization is missing");
        }
        AccessTokens.Issued caller = request.bearerToken()
                .flatMap(tokens::active)
                .filter(issued -> tokens.realm(issued).equals(realm))
                .orElseThrow(() -> errors.refusal("oath-token", "The Bearer token is not active in " + realm));
        if (!caller.scopes().contains("introspect")) {
            throw errors.refusal("oath-introspect-scope", "The Bearer token lacks the scope introspect");
        }
    }

    private Reply describe(AccessTokens.Issued token) {
        String userId = tokens.principal(token).userId();
        String subject = userId.isEmpty() ? token.clientId() : userId;
        return Reply.json(
                200,
                Json.object()
                        .put("active", true)
                        .put("scope", Scopes.text(token.scopes()))
                        .put("client_id", token.clientId())
                        .put("user_id", subject)
                        .put("token_type", "Bearer")
                        .put("exp", token.expiresAt().getEpochSecond())
                        .put("sub", subject)
                        .put("iss", issuer));
    }
}
