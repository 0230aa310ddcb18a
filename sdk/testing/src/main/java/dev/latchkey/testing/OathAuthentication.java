package dev.latchkey.testing;

import java.util.Locale;

/** Finds out which client sent a token request, by assertion or by secret, and that it is that client. */
final class OathAuthentication {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ErrorCatalog errors;
    private final OathClients clients;
    private final OathAssertionCheck check;

    OathAuthentication(ErrorCatalog errors, OathClients clients, OathAssertionCheck check) {
        this.errors = errors;
        this.clients = clients;
        this.check = check;
    }

    OathClient authenticate(TokenRequest request) {
        if (request.has("client_secret")) {
            return secret(request);
        }
        Assertion assertion = assertion(request);
        check.form(assertion);
        OathClient client = client(request, assertion.text("sub").orElse(""));
        check.check(client, assertion, request);
        return client;
    }

    private OathClient secret(TokenRequest request) {
        OathClient client = client(request, request.parameter("client_id").orElse(""));
        String expected = client.registered().credential().secret();
        if (!request.parameter("client_secret").orElse("").equals(expected)) {
            throw errors.refusal("oath-client", "The client secret is wrong");
        }
        return client;
    }

    /** The vendor's page lists a misspelt type under one error, and a missing or cut assertion under the other. */
    private Assertion assertion(TokenRequest request) {
        String type = request.parameter("client_assertion_type").orElse("");
        String sent = request.parameter("client_assertion").orElse("");
        if (!type.equals(ASSERTION_TYPE) && !(type.isEmpty() && sent.isEmpty())) {
            throw errors.misuse("oath-client", "client_assertion_type must be " + ASSERTION_TYPE + ", but is " + type);
        }
        return Assertion.parse(sent)
                .orElseThrow(() -> errors.misuse(
                        "oath-server-error", "client_assertion is missing, or no JWT of three base64url parts"));
    }

    private OathClient client(TokenRequest request, String clientId) {
        String realm = request.parameter("realm").orElse("");
        if (!realm.equals(realm.toLowerCase(Locale.ROOT))) {
            throw errors.misuse("oath-client", "The realm must be lower case, but is " + realm);
        }
        return clients.find(realm, clientId)
                .orElseThrow(() -> errors.refusal(
                        "oath-client", "No client " + clientId + " is registered in the realm " + realm));
    }
}
