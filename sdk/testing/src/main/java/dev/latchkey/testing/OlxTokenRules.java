package dev.latchkey.testing;

import java.util.List;
import java.util.Locale;

/** The token endpoint of OLX, in the order of the library of which its texts are. The body is JSON or a form. */
final class OlxTokenRules implements TokenRules {

    private final ErrorCatalog errors;
    private final OlxClients clients;
    private final OlxGrants grants;
    private final RequestRules json;
    private final RequestRules form;

    OlxTokenRules(ErrorCatalog errors, OlxClients clients, OlxGrants grants) {
        this.errors = errors;
        this.clients = clients;
        this.grants = grants;
        this.json = rules(true);
        this.form = rules(false);
    }

    private static RequestRules rules(boolean json) {
        Settings settings = new Settings();
        settings.jsonRequests = json;
        return new RequestRules(settings);
    }

    private RequestRules rules(TokenRequest request) {
        String contentType = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return contentType.startsWith("application/json") ? json : form;
    }

    @Override
    public List<Refusal> faults(TokenRequest request) {
        return rules(request).faults(request);
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        Refusal.throwIf(RequestRules.method(request));
        Refusal.throwIf(rules(request).contentType(request).map(fault -> errors.refusal("olx-3", fault)));
        String grantType = request.parameter("grant_type")
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> errors.misuse("olx-3", "grant_type is missing"));
        Refusal.throwIf(faults.stream().findFirst());
        OlxClient client = authenticate(request);
        check(client, grantType);
        return grants.answer(client, request, grantType);
    }

    private OlxClient authenticate(TokenRequest request) {
        String clientId = request.parameter("client_id").orElse("");
        String secret = request.parameter("client_secret").orElse("");
        return clients.find(clientId)
                .filter(client -> client.registered().credential().secret().equals(secret))
                .orElseThrow(() -> errors.refusal("olx-6", "No client " + clientId + " has this secret"));
    }

    /** An unknown grant type is one that no client is allowed. */
    private void check(OlxClient client, String grantType) {
        if (!client.active()) {
            throw errors.refusal("olx-5", "The client " + client.id() + " was deactivated");
        }
        if (!client.grants().contains(grantType)) {
            throw errors.refusal("olx-10", "The client " + client.id() + " may not use " + grantType);
        }
    }
}
