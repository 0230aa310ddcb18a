package consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Tag;

/** Calls an API through Retrofit, with the manager's own token and with one of another scope that a tag chooses. */
public final class Main {
    private Main() {}

    /** The API as Retrofit wants it. */
    interface Api {
        @GET("api")
        Call<ResponseBody> own();

        @GET("api")
        Call<ResponseBody> with(@Tag TokenSource source);
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = form.contains("scope=other") ? "token-of-the-other-scope" : "token-of-its-own";
            answer(exchange, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":300}");
        });
        server.createContext(
                "/api", exchange -> answer(exchange, exchange.getRequestHeaders().getFirst("Authorization")));
        server.start();
        String origin = "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();

        try (TokenManager tokens = TokenManager.builder(origin + "/token")
                .clientId("my-client")
                .clientSecret("a secret")
                .build()) {
            OkHttpClient client = OAuthInterceptor.of(tokens)
                    .applyTo(new OkHttpClient.Builder())
                    .build();
            Api api = new Retrofit.Builder()
                    .baseUrl(origin + "/")
                    .client(client)
                    .build()
                    .create(Api.class);
            expect("Bearer token-of-its-own", api.own());
            expect("Bearer token-of-the-other-scope", api.with(tokens.scope("other")));
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void expect(String expected, Call<ResponseBody> call) throws IOException {
        ResponseBody body = call.execute().body();
        String actual = body == null ? "no body" : body.string();
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but found " + actual);
        }
    }
}
