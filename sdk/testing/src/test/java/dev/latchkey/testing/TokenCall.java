package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A token request made by hand. Mutable. */
final class TokenCall {

    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Request.Builder request;
    private final FormBody.Builder form = new FormBody.Builder();

    /** What came back. */
    record Result(int status, okhttp3.Headers headers, String text) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String error() {
            return json().path("error").asText();
        }

        String reason() {
            return json().path("error_description").asText();
        }

        String accessToken() {
            return json().path("access_token").asText();
        }

        String refreshToken() {
            return json().path("refresh_token").asText();
        }

        /** Status and body are those of the documented error. */
        boolean is(DocumentedError error) {
            return status == error.status() && text.equals(error.body());
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private TokenCall(String url) {
        request = new Request.Builder().url(url).header("Accept", "application/json");
    }

    static TokenCall to(String url) {
        return new TokenCall(url);
    }

    static TokenCall bare(FakeAuthorizationServer server) {
        return to(server.tokenEndpoint());
    }

    static TokenCall clientCredentials(FakeAuthorizationServer server) {
        return bare(server).with("grant_type", "client_credentials");
    }

    static TokenCall refresh(FakeAuthorizationServer server, String refreshToken) {
        return bare(server).with("grant_type", "refresh_token").with("refresh_token", refreshToken);
    }

    TokenCall with(String parameter, String value) {
        form.add(parameter, value);
        return this;
    }

    TokenCall post(String clientId, String secret) {
        return with("client_id", clientId).with("client_secret", secret);
    }

    TokenCall basic(String clientId, String secret) {
        return header("Authorization", Credentials.basic(clientId, secret));
    }

    TokenCall assertion(String assertion) {
        return with("client_assertion_type", ASSERTION_TYPE).with("client_assertion", assertion);
    }

    TokenCall header(String name, String value) {
        request.header(name, value);
        return this;
    }

    TokenCall url(String url) {
        request.url(url);
        return this;
    }

    TokenCall withoutHeader(String name) {
        request.removeHeader(name);
        return this;
    }

    Result send(OkHttpClient client) throws IOException {
        return execute(client, request.post(form.build()).build());
    }

    Result send(OkHttpClient client, RequestBody body) throws IOException {
        return execute(client, request.post(body).build());
    }

    Result get(OkHttpClient client) throws IOException {
        return execute(client, request.get().build());
    }

    Result delete(OkHttpClient client) throws IOException {
        return execute(client, request.delete().build());
    }

    TokenCall bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    private static Result execute(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return new Result(
                    response.code(), response.headers(), response.body().string());
        }
    }
}
