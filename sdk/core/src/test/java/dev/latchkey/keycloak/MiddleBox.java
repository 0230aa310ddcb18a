package dev.latchkey.keycloak;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Passes requests on to an endpoint and counts them; an answer can be made to get lost on its way back. */
final class MiddleBox implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicBoolean loses = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final String target;

    private MiddleBox(String target) {
        this.target = target;
    }

    static MiddleBox of(String endpoint) throws IOException {
        var box = new MiddleBox(endpoint);
        box.server.setDispatcher(box.new Passing());
        box.server.start();
        return box;
    }

    String url() {
        return server.url("/endpoint").toString();
    }

    /** Has the endpoint do what the next request wants, and cuts the connection in place of an answer. */
    void loseNextAnswer() {
        loses.set(true);
    }

    /** {@return how many requests the endpoint got} */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse passed(RecordedRequest received) throws IOException {
        MediaType type = MediaType.get(received.getHeaders().get("Content-Type"));
        Request request = new Request.Builder()
                .url(target)
                .post(RequestBody.create(received.getBody(), type))
                .build();
        try (Response response = http.newCall(request).execute()) {
            requests.incrementAndGet();
            MockResponse.Builder answer = new MockResponse.Builder()
                    .code(response.code())
                    .setHeader("Content-Type", "application/json")
                    .body(response.body().string());
            return loses.getAndSet(false)
                    ? answer.onResponseStart(new SocketEffect.CloseSocket()).build()
                    : answer.build();
        }
    }

    private final class Passing extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                return passed(request);
            } catch (IOException e) {
                return new MockResponse.Builder().code(502).body(e.toString()).build();
            }
        }
    }
}
