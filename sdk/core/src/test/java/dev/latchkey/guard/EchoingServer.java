package dev.latchkey.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server with the bad habit of putting what it was sent into its answers. */
final class EchoingServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final AtomicReference<Function<String, MockResponse>> tokenAnswer = new AtomicReference<>();
    private final AtomicReference<Function<String, MockResponse>> apiAnswer = new AtomicReference<>();
    private final AtomicReference<String> lastAssertion = new AtomicReference<>("");

    EchoingServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean token = request.getUrl().encodedPath().equals("/token");
                return (token ? tokenAnswer : apiAnswer).get().apply(sent(request));
            }
        });
        server.start();
    }

    /** Decides the answer to a token request from all that was sent in it. */
    EchoingServer answerTokenRequests(Function<String, MockResponse> answer) {
        tokenAnswer.set(answer);
        return this;
    }

    /** Decides the answer to an API call from all that was sent in it. */
    EchoingServer answerApiCalls(Function<String, MockResponse> answer) {
        apiAnswer.set(answer);
        return this;
    }

    String tokenEndpoint() {
        return server.url("/token").toString();
    }

    String api() {
        return server.url("/api").toString();
    }

    /** The signature of the last assertion: who has it, and the claims that may be printed, has the assertion. */
    String lastSignature() {
        String assertion = lastAssertion.get();
        return assertion.substring(assertion.lastIndexOf('.') + 1);
    }

    private String sent(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        for (String parameter : body.split("&", -1)) {
            if (parameter.startsWith("client_assertion=")) {
                lastAssertion.set(parameter.substring("client_assertion=".length()));
            }
        }
        String authorization = request.getHeaders().get("Authorization");
        return body + " " + authorization + " " + decoded(authorization) + " "
                + request.getHeaders().get("x-client-key");
    }

    private static String decoded(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return "";
        }
        byte[] pair = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
        return new String(pair, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
