package consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Gets a token with a signed assertion and calls an API three times; ends with an error unless all of it works. */
public final class Main {
    private Main() {}

    /** An argument is the version of Jackson that the platform is expected to have put in place. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            expect(arguments[0], com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString());
        }
        AtomicInteger tokenRequests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            tokenRequests.incrementAndGet();
            answer(exchange, "{\"access_token\":\"the-token\",\"token_type\":\"Bearer\",\"expires_in\":300}");
        });
        server.createContext("/api", exchange -> answer(exchange, seen(exchange)));
        server.start();
        String origin = "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();

        try (TokenManager tokens = TokenManager.builder(origin + "/token")
                .clientId("my-client")
                .signingKey(key())
                .header("x-client-key", "the-key")
                .build()) {
            OkHttpClient api = OAuthInterceptor.of(tokens)
                    .applyTo(new OkHttpClient.Builder())
                    .build();
            for (int call = 0; call < 3; call++) {
                expect("Bearer the-token, the-key", body(api, origin + "/api"));
            }
        } finally {
            server.stop(0);
        }
        expect("1", tokenRequests.toString());
    }

    private static SigningKey key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return SigningKey.of(generator.generateKeyPair()).withKeyId("key-1");
    }

    private static String body(OkHttpClient client, String url) throws IOException {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private static String seen(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Authorization") + ", "
                + exchange.getRequestHeaders().getFirst("x-client-key");
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void expect(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but found " + actual);
        }
    }
}
