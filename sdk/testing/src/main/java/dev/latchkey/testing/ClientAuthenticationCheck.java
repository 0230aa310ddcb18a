package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Finds out which client sent a request, and that it is that client (RFC 6749, section 2.3; RFC 7521, section 4.2). */
final class ClientAuthenticationCheck {

    private final Registrations clients;
    private final AssertionCheck assertions;

    ClientAuthenticationCheck(Registrations clients, AssertionCheck assertions) {
        this.clients = clients;
        this.assertions = assertions;
    }

    FakeClient authenticate(TokenRequest request) {
        if (request.headers().first("Authorization").isPresent()) {
            return basic(request);
        }
        if (request.has("client_secret")) {
            return post(request);
        }
        if (request.has("client_assertion") || request.has("client_assertion_type")) {
            return assertion(request);
        }
        return none(request);
    }

    private FakeClient basic(TokenRequest request) {
        BasicCredentials sent = BasicCredentials.read(request.headers())
                .orElseThrow(() -> Refusal.malformedCredential(
                        "The Authorization header is not Basic with form-encoded client id and secret"));
        request.parameter("client_id").filter(id -> !id.equals(sent.clientId())).ifPresent(id -> {
            throw Refusal.invalidRequest("client_id in the body differs from the one in the Authorization header");
        });
        return secret(sent.clientId(), AuthenticationMethod.CLIENT_SECRET_BASIC, sent.clientSecret());
    }

    private FakeClient post(TokenRequest request) {
        String secret = request.required("client_secret");
        return secret(request.required("client_id"), AuthenticationMethod.CLIENT_SECRET_POST, secret);
    }

    private FakeClient secret(String clientId, AuthenticationMethod method, String secret) {
        FakeClient client = registeredFor(clientId, method);
        if (!isSame(client.credential().secret(), secret)) {
            throw Refusal.invalidClient("The client secret is wrong");
        }
        return client;
    }

    private static boolean isSame(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    private FakeClient assertion(TokenRequest request) {
        String type = request.required("client_assertion_type");
        if (!type.equals(Assertion.TYPE)) {
            throw Refusal.invalidRequest("client_assertion_type must be " + Assertion.TYPE + ", but is " + type);
        }
        String sent = request.required("client_assertion");
        Assertion assertion = Assertion.require(sent);
        FakeClient client = clients.require(AssertionCheck.subject(assertion));
        if (!client.method().usesAssertion()) {
            throw notRegisteredFor(client, "client_assertion");
        }
        assertions.check(client, assertion, request);
        return client;
    }

    private FakeClient none(TokenRequest request) {
        String clientId = request.parameter("client_id")
                .orElseThrow(() -> Refusal.invalidClient("No client authentication and no client_id was sent"));
        return registeredFor(clientId, AuthenticationMethod.NONE);
    }

    private FakeClient registeredFor(String clientId, AuthenticationMethod method) {
        FakeClient client = clients.require(clientId);
        if (client.method() != method) {
            throw notRegisteredFor(client, method.registeredName());
        }
        return client;
    }

    private static Refusal notRegisteredFor(FakeClient client, String used) {
        return Refusal.invalidClient("Client " + client.clientId() + " is registered for "
                + client.method().registeredName() + ", but used " + used);
    }
}
