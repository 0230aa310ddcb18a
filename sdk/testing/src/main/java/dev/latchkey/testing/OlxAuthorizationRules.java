package dev.latchkey.testing;

import java.util.Collection;

/** Who may ask OLX's users for what. Proof keys are not mentioned by its pages, so they are not looked at. */
final class OlxAuthorizationRules implements AuthorizationRules {

    private final OlxClients clients;
    private final Collection<String> redirectUris;

    OlxAuthorizationRules(OlxClients clients, Collection<String> redirectUris) {
        this.clients = clients;
        this.redirectUris = redirectUris;
    }

    /** May be left out where there is one only. */
    @Override
    public String redirectUri(AuthorizationRequest request) {
        OlxClient unused = client(request);
        String sent = request.text("redirect_uri");
        if (sent.isEmpty() && redirectUris.size() == 1) {
            return redirectUris.iterator().next();
        }
        if (request.isRepeated("redirect_uri") || !redirectUris.contains(sent)) {
            throw WebPage.refusing("redirect_uri is '" + sent + "', but registered are " + redirectUris);
        }
        return sent;
    }

    private OlxClient client(AuthorizationRequest request) {
        return clients.find(request.text("client_id"))
                .filter(OlxClient::active)
                .filter(client -> !request.isRepeated("client_id"))
                .orElseThrow(() -> WebPage.refusing("client_id is of no active client, or repeated"));
    }

    @Override
    public Asked asked(AuthorizationRequest request) {
        Checks.responseTypeCode(request);
        OlxClient client = client(request);
        if (!client.grants().contains("authorization_code")) {
            throw Refusal.of("unauthorized_client", "The client may not use authorization_code");
        }
        return new Asked(
                client.id(), Scopes.grant(request.scopes(), client.registered().scopes()));
    }
}
