package dev.latchkey.benchmarks.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The token request of somebody who has OkHttp and Jackson and writes the rest. */
final class OkHttpByHand implements Peer {
    private final OkHttpClient http;
    private final URI endpoint;

    OkHttpByHand(URI endpoint, OkHttpClient http) {
        this.endpoint = endpoint;
        this.http = http;
    }

    @Override
    public String token() throws IOException {
        Request request = new Request.Builder()
                .url(endpoint.toString())
                .post(new FormBody.Builder()
                        .add("grant_type", "client_credentials")
                        .add("client_id", "client")
                        .add("client_secret", "secret")
                        .build())
                .build();
        try (Response response = http.newCall(request).execute()) {
            JsonNode answer =
                    JsonMapper.builder().build().readTree(response.body().byteStream());
            return answer.get("access_token").asText();
        }
    }

    @Override
    public String authorization() throws IOException {
        return "Bearer " + token();
    }
}
