package dev.latchkey.keycloak;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;

/** A faulty middle box before the token endpoint: whatever it gets, it passes on the first request it has seen. */
final class ReplayingProxy implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicReference<ByteString> first = new AtomicReference<>();
    private final String target;

    private ReplayingProxy(String target) {
        this.target = target;
    }

    static ReplayingProxy of(String tokenEndpoint) throws IOException {
        var proxy = new ReplayingProxy(tokenEndpoint);
        proxy.server.setDispatcher(proxy.new Passing());
        proxy.server.start();
        return proxy;
    }

    String url() {
        return server.url("/token").toString();
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse passed(RecordedRequest received) throws IOException {
        first.compareAndSet(null, received.getBody());
        MediaType type = MediaType.get(received.getHeaders().get("Content-Type"));
        Request request = new Request.Builder()
                .url(target)
                .post(RequestBody.create(first.get(), type))
                .build();
        try (Response response = http.newCall(request).execute()) {
            return new MockResponse.Builder()
                    .code(response.code())
                    .setHeader("Content-Type", "application/json")
                    .body(response.body().string())
                    .build();
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
