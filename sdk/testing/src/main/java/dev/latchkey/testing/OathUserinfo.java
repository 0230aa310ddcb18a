package dev.latchkey.testing;

/** Who signed in, told to the holder of a person's token who names its realm. */
final class OathUserinfo {

    private final ErrorCatalog errors;
    private final OathTokens tokens;

    OathUserinfo(ErrorCatalog errors, OathTokens tokens) {
        this.errors = errors;
        this.tokens = tokens;
    }

    Reply answer(RecordedApiRequest request) {
        if (!request.method().equals("GET")) {
            throw errors.misuse("oath-method", "The method must be GET, but is " + request.method());
        }
        if (request.header("Authorization").isEmpty()) {
            throw errors.misuse("oath-userinfo-no-token", "The header Authorization is missing");
        }
        AccessTokens.Issued token = request.bearerToken()
                .flatMap(tokens::active)
                .orElseThrow(() -> errors.refusal("oath-token", "The Bearer token is not active"));
        String realm = EncodedParameters.value(request.query(), "realm").orElse("");
        if (!realm.equals(tokens.realm(token))) {
            throw errors.refusal("oath-userinfo-client", "The token is of another realm than " + realm);
        }
        return describe(tokens.principal(token).userId());
    }

    private Reply describe(String userId) {
        if (userId.isEmpty()) {
            throw errors.refusal("oath-userinfo-error", "The token is a client's, nobody signed in");
        }
        return Reply.json(
                200,
                Json.object()
                        .put("sub", userId)
                        .put("updated_at", "0")
                        .put("name", userId)
                        .put("given_name", userId)
                        .put("family_name", "Example")
                        .put("email", userId + "@example.com"));
    }
}
