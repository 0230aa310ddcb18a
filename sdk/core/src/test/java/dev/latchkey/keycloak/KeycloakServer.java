package dev.latchkey.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Keycloak on loopback, seen from one of its realms, which it forgets when it ends. */
final class KeycloakServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SECONDS_BETWEEN_LINES = 10;

    private final KeycloakProcess process;
    private final String origin;
    private final String realm;

    private KeycloakServer(KeycloakProcess process, String origin, String realm) {
        this.process = process;
        this.origin = origin;
        this.realm = realm;
    }

    /**
     * Starts Keycloak and waits until it answers.
     *
     * @param home where its distribution was unpacked; everything it writes stays below
     * @param realm the name of the realm to see it from
     * @param realms all realms by name
     */
    static KeycloakServer start(Path home, String realm, Map<String, String> realms) throws IOException {
        Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
        for (Map.Entry<String, String> each : realms.entrySet()) {
            Files.writeString(imports.resolve(each.getKey() + "-realm.json"), each.getValue());
        }
        KeycloakProcess process = KeycloakProcess.start(home);
        try {
            KeycloakServer server = new KeycloakServer(process, listening(process), realm);
            server.ask();
            return server;
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** {@return the same server, seen from another realm} */
    KeycloakServer ofRealm(String other) {
        return new KeycloakServer(process, origin, other);
    }

    String origin() {
        return origin;
    }

    String issuer() {
        return origin + "/realms/" + realm;
    }

    String tokenEndpoint() {
        return issuer() + "/protocol/openid-connect/token";
    }

    HttpUrl userinfo() {
        return HttpUrl.get(issuer() + "/protocol/openid-connect/userinfo");
    }

    HttpUrl revocation() {
        return HttpUrl.get(issuer() + "/protocol/openid-connect/revoke");
    }

    HttpUrl metadata() {
        return HttpUrl.get(issuer() + "/.well-known/openid-configuration");
    }

    @Override
    public void close() {
        process.close();
    }

    private static String listening(KeycloakProcess process) throws IOException {
        CompletableFuture<String> origin = process.origin();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var lines = new AtomicInteger();
        Future<?> progress = timer.scheduleAtFixedRate(
                () -> Console.line("starting, " + lines.incrementAndGet() * SECONDS_BETWEEN_LINES + " s"),
                SECONDS_BETWEEN_LINES,
                SECONDS_BETWEEN_LINES,
                TimeUnit.SECONDS);
        try {
            return origin.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("Keycloak did not start: read " + process.log(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("Keycloak did not start in " + PATIENCE + ": read " + process.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Keycloak was starting", e);
        } finally {
            progress.cancel(false);
            timer.shutdownNow();
        }
    }

    /** It listens only after the realm is in, so that one question settles it. */
    private void ask() throws IOException {
        OkHttpClient http = new OkHttpClient.Builder()
                .callTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .build();
        Request request = new Request.Builder().url(metadata()).build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException("Keycloak answers " + response.code() + " for the realm: read " + process.log());
            }
        }
        Console.line("ready at " + issuer());
    }
}
