package dev.latchkey.benchmarks.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A token endpoint that gives a token to everybody, as late and as badly as it is told to. Counts. */
public final class StubEndpoint implements AutoCloseable {
    static {
        // The server of JDK 17 writes head and body apart, and the second waits up to 40 ms for a delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "stub-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong serial = new AtomicLong();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = new Behaviour(200, Duration.ZERO, Duration.ofHours(1));

    /**
     * How it answers.
     *
     * @param status 200 for a token
     * @param delay how long an answer takes
     * @param life of tokens
     */
    public record Behaviour(int status, Duration delay, Duration life) {}

    private StubEndpoint(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts one on loopback. */
    public static StubEndpoint start() {
        try {
            return new StubEndpoint(HttpServer.create(anyPort(), 20_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on loopback that speaks TLS. */
    public static StubEndpoint start(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new StubEndpoint(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Starts one on loopback that takes this long. */
    public static StubEndpoint start(Duration delay) {
        StubEndpoint endpoint = start();
        endpoint.behave(new Behaviour(200, delay, Duration.ofHours(1)));
        return endpoint;
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    public URI uri() {
        String start = server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:";
        return URI.create(start + server.getAddress().getPort() + "/token");
    }

    /** {@return how many requests came} */
    public int requests() {
        return arrivals.size();
    }

    /** {@return when they came, by {@link System#nanoTime}} */
    public List<Long> arrivals() {
        return List.copyOf(arrivals);
    }

    private void handle(HttpExchange exchange) throws IOException {
        arrivals.add(System.nanoTime());
        exchange.getRequestBody().readAllBytes();
        Behaviour now = behaviour;
        var unused = threads.schedule(() -> answer(exchange, now), now.delay().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void answer(HttpExchange exchange, Behaviour now) {
        byte[] body = (now.status() == 200 ? token(now) : "{\"error\":\"temporarily_unavailable\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(now.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException e) {
            // Whoever asked has left.
        }
    }

    /** Of the length that a signed access token has. */
    private String token(Behaviour now) {
        return "{\"access_token\":\"" + "x".repeat(800) + serial.incrementAndGet()
                + "\",\"refresh_token\":\"r" + serial.get()
                + "\",\"token_type\":\"Bearer\",\"expires_in\":" + now.life().toSeconds() + "}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
