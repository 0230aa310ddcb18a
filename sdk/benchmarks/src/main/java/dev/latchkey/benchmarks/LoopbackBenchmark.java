package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.benchmarks.peer.LatchkeyPeer;
import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole GET through OkHttp to a server on this machine. The limit puts the same headers on the request by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LoopbackBenchmark {
    @Param
    Library library;

    private StubEndpoint endpoint;
    private LoopbackApi api;
    private Peer peer;
    private OkHttpClient http;
    private Request request;

    @Setup
    public void open() throws Exception {
        open(LoopbackApi.start(), new ConnectionPool());
    }

    /** Calls the same API over the same connection as another one: they may take turns, but not call at once. */
    void openBeside(LoopbackBenchmark other) throws Exception {
        open(other.api, other.http.connectionPool());
    }

    private void open(LoopbackApi called, ConnectionPool connections) throws Exception {
        endpoint = StubEndpoint.start();
        api = called;
        Request.Builder get = new Request.Builder().url(api.url()).header("Accept", "application/json");
        peer = library == Library.LATCHKEY ? latchkey() : library.open(endpoint.uri());
        peer.token();
        OkHttpClient.Builder client = new OkHttpClient.Builder().connectionPool(connections);
        switch (library) {
            case LATCHKEY -> ((LatchkeyPeer) peer).interceptor().applyTo(client);
            case LIMIT ->
                get.header("Authorization", peer.authorization())
                        .header(InterceptorBenchmark.CLIENT_KEY, InterceptorBenchmark.KEY);
            default -> client.addInterceptor(InterceptorBenchmark.naturalLines(peer));
        }
        http = client.build();
        request = get.build();
    }

    private LatchkeyPeer latchkey() {
        return new LatchkeyPeer(TokenManager.builder(endpoint.uri().toString())
                .clientId("client")
                .clientSecret("secret")
                .header(InterceptorBenchmark.CLIENT_KEY, InterceptorBenchmark.KEY)
                .apiOrigin(api.url()));
    }

    @Benchmark
    public int get() throws IOException {
        try (Response response = http.newCall(request).execute()) {
            return response.body().bytes().length;
        }
    }

    @TearDown
    public void close() throws IOException {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
        peer.close();
        api.close();
        endpoint.close();
    }
}
