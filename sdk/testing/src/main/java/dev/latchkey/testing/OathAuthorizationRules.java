package dev.latchkey.testing;

import java.util.Collection;

/** Who may ask the people of a realm for what. */
final class OathAuthorizationRules implements AuthorizationRules {

    private final OathClients clients;
    private final Collection<String> redirectUris;

    OathAuthorizationRules(OathClients clients, Collection<String> redirectUris) {
        this.clients = clients;
        this.redirectUris = redirectUris;
    }

    @Override
    public String redirectUri(AuthorizationRequest request) {
        OathClient unused = client(request);
        String sent = request.text("redirect_uri");
        if (request.isRepeated("redirect_uri") || !redirectUris.contains(sent)) {
            throw WebPage.refusing("redirect_uri is '" + sent + "', but registered are " + redirectUris);
        }
        return sent;
    }

    /** Here, unlike at the token endpoint, public clients put a slash before the realm. */
    private OathClient client(AuthorizationRequest request) {
        String realm = request.text("realm").replaceFirst("^/", "");
        return clients.find(realm, request.text("client_id"))
                .filter(client -> !request.isRepeated("client_id") && !request.isRepeated("realm"))
                .orElseThrow(() -> WebPage.refusing("No such client is registered in the realm '" + realm + "'"));
    }

    @Override
    public Asked asked(AuthorizationRequest request) {
        Checks.responseTypeCode(request);
        OathClient client = client(request);
        return new Asked(
                client.key(), Scopes.grant(request.scopes(), client.registered().scopes()));
    }
}
