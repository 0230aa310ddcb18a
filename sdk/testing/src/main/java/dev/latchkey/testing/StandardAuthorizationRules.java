package dev.latchkey.testing;

/** The rules of the specifications: RFC 6749, section 4.1, with the proof of RFC 7636 that RFC 9700 demands, and RFC 9207. */
final class StandardAuthorizationRules implements AuthorizationRules {

    private final Registrations clients;
    private final String issuer;
    private volatile boolean sendsIssuer = true;

    StandardAuthorizationRules(Registrations clients, String issuer) {
        this.clients = clients;
        this.issuer = issuer;
    }

    void sendIssuer(boolean send) {
        sendsIssuer = send;
    }

    boolean sendsIssuer() {
        return sendsIssuer;
    }

    @Override
    public String redirectUri(AuthorizationRequest request) {
        FakeClient client = client(request);
        String redirectUri = request.text("redirect_uri");
        if (request.isRepeated("redirect_uri") || !RedirectUris.contains(client.redirectUris(), redirectUri)) {
            throw WebPage.refusing("redirect_uri is '" + redirectUri + "', but " + client.clientId()
                    + " is registered with " + client.redirectUris());
        }
        return redirectUri;
    }

    private FakeClient client(AuthorizationRequest request) {
        String clientId = request.text("client_id");
        if (request.isRepeated("client_id")) {
            throw WebPage.refusing("client_id is repeated");
        }
        return clients.find(clientId).orElseThrow(() -> WebPage.refusing("No client '" + clientId + "' is registered"));
    }

    @Override
    public Asked asked(AuthorizationRequest request) {
        Checks.responseTypeCode(request);
        responseMode(request);
        challenge(request);
        FakeClient client = client(request);
        return new Asked(client.clientId(), Scopes.grant(request.scopes(), client.scopes()));
    }

    private static void responseMode(AuthorizationRequest request) {
        if (!request.parameter("response_mode").orElse("query").equals("query")) {
            throw Refusal.invalidRequest("response_mode must be query, or absent");
        }
    }

    /** Without a method it would be plain (RFC 7636, section 4.3), which shows the verifier to whoever sees the URL. */
    private static void challenge(AuthorizationRequest request) {
        if (!Pkce.isChallenge(request.text("code_challenge"))) {
            throw Refusal.invalidRequest(
                    "code_challenge must be the SHA-256 of the verifier in base64url, 43 characters");
        }
        String method = request.parameter("code_challenge_method").orElse("absent");
        if (!method.equals("S256")) {
            throw Refusal.invalidRequest("code_challenge_method must be S256, but is " + method);
        }
    }

    @Override
    public Callback finish(Callback callback) {
        return sendsIssuer ? callback.with("iss", issuer) : callback;
    }
}
