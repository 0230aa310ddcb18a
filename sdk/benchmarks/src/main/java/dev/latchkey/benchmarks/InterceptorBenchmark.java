package dev.latchkey.benchmarks;

import dev.latchkey.TokenManager;
import dev.latchkey.benchmarks.peer.LatchkeyPeer;
import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What stands between a request and the network: the token and {@code x-client-key} are put on. Latchkey does so in both its
 * places, where the call begins and where it leaves; the others in the few lines that their users write.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterceptorBenchmark {
    static final String CLIENT_KEY = "x-client-key";
    static final String KEY = "0123456789abcdef0123456789abcdef";

    @Param
    Library library;

    private StubEndpoint endpoint;
    private Peer peer;
    /** As Latchkey puts its two places on it. */
    private final OkHttpClient.Builder client = new OkHttpClient.Builder();

    private Interceptor interceptor;
    private Interceptor prebuiltWithToken;
    private Request request;
    private StubChain.Below below;
    private StubChain.Below nothing;

    @Setup
    public void open() throws Exception {
        endpoint = StubEndpoint.start();
        request = new Request.Builder()
                .url("https://api.example.com/v1/items/42")
                .header("Accept", "application/json")
                .build();
        Response answer = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .header("Content-Type", "application/json")
                .body(ResponseBody.create("{}", null))
                .build();
        peer = library == Library.LATCHKEY ? onClient(latchkey()) : library.open(endpoint.uri());
        interceptor = interceptor();
        prebuiltWithToken = prebuiltAfterToken();
        below = library == Library.LATCHKEY ? hop(answer) : (sent, call) -> answer;
        nothing = (sent, call) -> answer;
        peer.token();
    }

    private LatchkeyPeer latchkey() {
        return new LatchkeyPeer(TokenManager.builder(endpoint.uri().toString())
                .clientId("client")
                .clientSecret("secret")
                .header(CLIENT_KEY, KEY)
                .apiOrigin("https://api.example.com"));
    }

    private LatchkeyPeer onClient(LatchkeyPeer latchkey) {
        latchkey.interceptor().applyTo(client);
        return latchkey;
    }

    private StubChain.Below hop(Response answer) {
        Interceptor atHop = client.networkInterceptors().get(0);
        Connection connection = StubChain.nowhere();
        return (sent, call) -> atHop.intercept(StubChain.ofHop(sent, call, connection, (leaving, same) -> answer));
    }

    private Interceptor interceptor() throws Exception {
        return switch (library) {
            case LATCHKEY -> client.interceptors().get(0);
            case LIMIT -> prebuilt(peer.authorization());
            default -> naturalLines(peer);
        };
    }

    private Interceptor prebuilt(String authorization) {
        Headers headers = request.headers()
                .newBuilder()
                .add("Authorization", authorization)
                .add(CLIENT_KEY, KEY)
                .build();
        return chain ->
                chain.proceed(chain.request().newBuilder().headers(headers).build());
    }

    private Interceptor prebuiltAfterToken() throws Exception {
        Interceptor prebuilt = prebuilt(peer.authorization());
        return chain -> {
            if (authorization(peer) == null) {
                throw new IOException("no token");
            }
            return prebuilt.intercept(chain);
        };
    }

    /** What users of a library write. */
    static Interceptor naturalLines(Peer peer) {
        return chain -> chain.proceed(chain.request()
                .newBuilder()
                .header("Authorization", authorization(peer))
                .header(CLIENT_KEY, KEY)
                .build());
    }

    private static String authorization(Peer peer) throws IOException {
        try {
            return peer.authorization();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Benchmark
    public Response intercept() throws IOException {
        return interceptor.intercept(StubChain.ofCall(request, new StubCall(request), below));
    }

    /** With the limit's peer the least that anything can take which asks each time whether the token still lives. */
    @Benchmark
    public Response prebuiltWithToken() throws IOException {
        return prebuiltWithToken.intercept(StubChain.ofCall(request, new StubCall(request), nothing));
    }

    @TearDown
    public void close() {
        peer.close();
        endpoint.close();
    }
}
