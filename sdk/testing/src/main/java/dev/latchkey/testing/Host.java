package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** A web server on the loopback interface with a script, a gate and a latency: what all fakes are made on. */
final class Host implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final MockWebServer server;
    private final boolean https;
    private final Script script = new Script();
    private final Gate gate = new Gate();
    private final Set<Integer> staleConnections = ConcurrentHashMap.newKeySet();
    private volatile Duration latency = Duration.ZERO;

    private Host(MockWebServer server, boolean https) {
        this.server = server;
        this.https = https;
    }

    static Host start(@Nullable SSLSocketFactory tls) {
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(new PromptSockets());
        // A closed socket means one thing in HTTP/1.1; in HTTP/2 it would hit other requests, or none.
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        if (tls != null) {
            server.useHttps(tls);
        }
        try {
            server.start(InetAddress.getByAddress("localhost", LOOPBACK), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No fake server can be started on the loopback interface", e);
        }
        return new Host(server, tls != null);
    }

    /** Serves the site, then the others; until then, nobody knows the address. A site that knows the path ends the search. */
    void serve(Site site, Lane... others) {
        List<Lane> lanes = new ArrayList<>(List.of(new Lane(site, script, gate)));
        lanes.addAll(List.of(others));
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return Host.this.dispatch(lanes, request);
            }
        });
    }

    /** Certificates are made for names, so https uses one; the bare address avoids resolving it for http. */
    String origin() {
        return (https ? "https://localhost:" : "http://127.0.0.1:") + port();
    }

    URI resolve(String path) {
        return URI.create(origin() + (path.startsWith("/") ? path : "/" + path));
    }

    int port() {
        return server.getPort();
    }

    Script script() {
        return script;
    }

    Gate gate() {
        return gate;
    }

    void latency(Duration value) {
        latency = value;
    }

    private MockResponse dispatch(List<Lane> lanes, RecordedRequest request) throws InterruptedException {
        for (Lane lane : lanes) {
            Site.Visit visit = lane.site().arrive(request);
            if (visit != null) {
                return dispatch(lane, visit, request);
            }
        }
        return Wire.plain(Reply.json(404, Json.object().put("error", "not_found")));
    }

    private MockResponse dispatch(Lane lane, Site.Visit visit, RecordedRequest request) throws InterruptedException {
        lane.gate().pass();
        Answer answer =
                isStale(request) ? Answer.disconnectBeforeRead() : lane.script().take();
        Reply reply = lane.site().finish(reply(answer, visit));
        visit.answered(Wire.isSent(answer) ? reply : Reply.NONE);
        if (answer.ending() == Answer.Ending.CLOSE_AT_NEXT_REQUEST) {
            staleConnections.add(request.getConnectionIndex());
        }
        return Wire.of(reply, answer, latency);
    }

    private boolean isStale(RecordedRequest request) {
        return staleConnections.remove(request.getConnectionIndex());
    }

    private static Reply reply(Answer answer, Site.Visit visit) {
        return switch (answer.ending()) {
            case CLOSE_UNPROCESSED, HANG -> Reply.NONE;
            case NONE, CLOSE_PROCESSED, CLOSE_AT_NEXT_REQUEST -> {
                Reply scripted = answer.reply();
                yield scripted == null ? process(visit) : scripted;
            }
        };
    }

    /** A fault of the fake must not look like one of the network. */
    private static Reply process(Site.Visit visit) {
        try {
            return visit.process();
        } catch (RuntimeException e) {
            return Reply.json(
                    500, Json.object().put("error", "server_error").put("error_description", "The fake failed: " + e));
        }
    }

    @Override
    public void close() {
        gate.remove();
        server.close();
    }
}
