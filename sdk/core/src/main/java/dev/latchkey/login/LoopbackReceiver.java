package dev.latchkey.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Receives the callback of a sign-in in a command-line program: a free port of the loopback address, closed after one answer.
 *
 * <pre>{@code
 * try (LoopbackReceiver receiver = LoopbackReceiver.open()) {
 *     PendingLogin pending = tokens.login().begin(LoginRequest.of(receiver.redirectUri()));
 *     System.out.println("Open " + pending.authorizationUrl());
 *     LoginOutcome outcome = tokens.login().complete(pending, receiver.await(pending, Duration.ofMinutes(10)));
 * }
 * }</pre>
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section 7.3: Loopback Interface Redirection</a>
 */
public final class LoopbackReceiver implements AutoCloseable {
    private static final String PATH = "/callback";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String PAGE =
            "<!doctype html><title>Back to the program</title><p>You can close this window and go on in the program.</p>";

    private static final Time TIME = Time.system();

    private final HttpServer server;
    private final BlockingQueue<String> callbacks = new ArrayBlockingQueue<>(16);

    private LoopbackReceiver(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens a receiver on a free port.
     *
     * @return the receiver, listening
     * @throws IOException if no port can be opened
     */
    public static LoopbackReceiver open() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
        LoopbackReceiver receiver = new LoopbackReceiver(HttpServer.create(anyPort, 0));
        receiver.server.createContext("/", receiver::handle);
        receiver.server.start();
        return receiver;
    }

    /** {@return the redirect URI to ask for, such as http://127.0.0.1:51004/callback} */
    public String redirectUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /**
     * Waits for the person, and closes. What comes without the state of this sign-in, from whoever else uses this machine, is
     * passed over.
     *
     * @param pending the sign-in
     * @param patience how long to wait
     * @return the whole callback URI
     * @throws LoginException if nobody came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public String await(PendingLogin pending, Duration patience) throws LoginException, InterruptedException {
        Objects.requireNonNull(pending, "pending");
        long end = TIME.nanos() + Objects.requireNonNull(patience, "patience").toNanos();
        try {
            while (true) {
                String callback = callbacks.poll(end - TIME.nanos(), TimeUnit.NANOSECONDS);
                if (callback == null) {
                    throw nobodyCame(patience);
                }
                if (CallbackParameters.of(callback).hasStateOf(pending)) {
                    return callback;
                }
            }
        } finally {
            close();
        }
    }

    private static LoginException nobodyCame(Duration patience) {
        return new LoginException(
                LoginFailure.EXPIRED,
                ErrorDetails.builder("Sign-in", "nobody came back within " + patience.toSeconds() + " s")
                        .remedy("Restart the sign-in.")
                        .requestSent(false)
                        .build());
    }

    /** Anything but the callback, a page's icon for example, gets nothing. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            boolean answer = exchange.getRequestMethod().equals("GET")
                    && exchange.getRequestURI().getPath().equals(PATH)
                    && query != null;
            if (!answer) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            boolean ignored = callbacks.offer(redirectUri() + "?" + query);
        }
    }

    /** Closes the port. Repeated calls do nothing. */
    @Override
    public void close() {
        server.stop(0);
    }

    /** {@return the redirect URI} */
    @Override
    public String toString() {
        return "LoopbackReceiver[" + redirectUri() + "]";
    }
}
