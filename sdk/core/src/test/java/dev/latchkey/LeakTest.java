package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.event.TokenEvent;
import dev.latchkey.guard.Canaries;
import dev.latchkey.guard.Printed;
import dev.latchkey.store.FileTokenStore;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * V-07, V-35, V-38, R-12, R-14: secrets are planted in every flow, and looked for wherever something is left behind.
 *
 * <p>Planted: the private key; client secrets, client key and secret key; each assertion (its signature), access token, refresh
 * token, ID token, authorization code, code verifier, password, one-time password, session token and login token that crosses the
 * wire, in either direction; the key of the store.
 *
 * <p>Looked for, in every form that {@link Canaries} knows: in all that the library gives back, as printed; in what it throws, with
 * message, causes, stack trace and every accessor; in events, likewise; in the log of the library at TRACE, and in everything that
 * goes to {@code java.util.logging} at FINEST, OkHttp's own loggers among it; in the address of each request; in the files of the
 * token store and of the HTTP cache; in new files of the directory for temporary files.
 *
 * <p>Each flow runs undisturbed once, and then once for each of its requests and each kind of betrayal: that request is answered
 * with all that was sent in it, and all that the true answer held.
 */
@Timeout(180)
class LeakTest {
    private static final Path LOG = Path.of(System.getProperty("basedir", "")).resolve("target/test.log");

    @TempDir
    Path folder;

    private final List<String> seen = new ArrayList<>();
    private final CapturedLogging logging = new CapturedLogging();
    private Canaries canaries = new Canaries();
    private Path here = Path.of("");
    private Instant begun = Instant.EPOCH;
    private long logged;

    @BeforeEach
    void start() throws IOException {
        logging.start();
        anew();
    }

    /** Forgets what was planted and seen; what comes now belongs to the next run. */
    private void anew() throws IOException {
        seen.clear();
        logging.forget();
        logged = Files.exists(LOG) ? Files.size(LOG) : 0;
        here = Files.createTempDirectory(folder, "run");
        begun = Files.getLastModifiedTime(here).toInstant();
        byte[] number = ((ECPrivateKey) Fixtures.PRIVATE_KEY).getS().toByteArray();
        canaries = new Canaries()
                .plantBytes("private key", number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number)
                .plantBytes("private key", Fixtures.PRIVATE_KEY.getEncoded());
    }

    @AfterEach
    void stop() {
        logging.stop();
    }

    static Stream<String> flows() {
        return LeakFlows.all().keySet().stream();
    }

    private static Map<String, BiFunction<String, Wiretap.Answered, MockResponse>> betrayals() {
        return new TreeMap<>(Map.of(
                "described",
                        (all, answered) -> Wiretap.response(
                                400,
                                "application/json",
                                "{\"error\":\"invalid_request\",\"error_description\":" + json(all) + "}"),
                "in a member",
                        (all, answered) -> Wiretap.response(
                                401,
                                "application/problem+json",
                                "{\"title\":\"No\",\"detail\":" + json(all) + ",\"sent\":{\"x\":[" + json(all) + "]}}"),
                "page", (all, answered) -> Wiretap.response(500, "text/html", "<title>" + all + "</title>" + all),
                "good answer of another kind",
                        (all, answered) -> Wiretap.response(200, "application/json", "{\"echo\":" + json(all) + "}"),
                "challenge",
                        (all, answered) -> new MockResponse.Builder()
                                .code(401)
                                .setHeader(
                                        "WWW-Authenticate",
                                        "Bearer error=\"x\", error_description=\"" + line(all) + "\"")
                                .setHeader("x-request-id", line(all))
                                .build(),
                "redirect",
                        (all, answered) -> new MockResponse.Builder()
                                .code(302)
                                .setHeader(
                                        "Location", Wiretap.ELSEWHERE + URLEncoder.encode(all, StandardCharsets.UTF_8))
                                .build(),
                "cut in the middle",
                        (all, answered) -> new MockResponse.Builder()
                                .code(answered.status())
                                .setHeader("Content-Type", answered.type())
                                .body(answered.body() + " ".repeat(2_000))
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build(),
                "not quite JSON",
                        (all, answered) -> Wiretap.response(200, "application/json", answered.body() + "," + all)));
    }

    private static String json(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    private static String line(String text) {
        return text.replaceAll("[^ -~]+", " ").replace("\"", "'");
    }

    @ParameterizedTest
    @MethodSource("flows")
    void flow_betrayedAtAnyRequest_leavesNoSecretBehind(String name) throws Exception {
        int requests;
        try (Wiretap wire = Wiretap.honest(canaries)) {
            assertThat(run(name, wire)).as("throws").isFalse();
            requests = LeakFlows.differentRequests(name, wire.requests());
        }
        assertNothingLeaked(name);
        assertThat(requests).isGreaterThan(1);
        int thrown = 0;
        for (var betrayal : betrayals().entrySet()) {
            for (int request = 0; request < requests; request++) {
                anew();
                try (Wiretap wire = Wiretap.betraying(request, canaries, betrayal.getValue())) {
                    thrown += run(name, wire) ? 1 : 0;
                }
                assertNothingLeaked(betrayal.getKey() + " at request " + request + " of " + name);
            }
        }
        assertThat(thrown).as("how often something was thrown").isGreaterThan(requests * 4);
    }

    /** Every kind of secret that the flows are there for was really on the way. */
    @Test
    void flows_together_plantEveryKindOfSecret() throws Exception {
        var planted = new TreeSet<String>();
        for (String name : LeakFlows.all().keySet()) {
            anew();
            try (Wiretap wire = Wiretap.honest(canaries)) {
                run(name, wire);
            }
            planted.addAll(canaries.names());
        }
        assertThat(planted)
                .contains(
                        "private key",
                        "store key",
                        "client secret",
                        "client key",
                        "secret key",
                        "assertion",
                        "access token",
                        "refresh token",
                        "ID token",
                        "code",
                        "verifier",
                        "password",
                        "one-time password",
                        "session token or token in question",
                        "login token");
    }

    /** The search itself works: the wire and the secrets of a flow are found where they may be, and where they are planted. */
    @Test
    void search_secretsThatAreThere_findsThem() throws Exception {
        java.util.logging.Logger.getLogger("okhttp3.OkHttpClient").finest("token canary-0123456789abcdef01234567");
        canaries.plant("planted", "canary-0123456789abcdef01234567");
        Files.writeString(here.resolve("left-behind"), "x canary-0123456789abcdef01234567");

        assertThat(canaries.in(logging.text())).isNotEmpty();
        assertThat(canaries.in(filesIn(here))).isNotEmpty();
        seen.add(Printed.withAccessors(new IOException("a", new IOException("canary-0123456789abcdef01234567"))));
        assertThat(canaries.in(seen.get(0))).isNotEmpty();

        try (Wiretap wire = Wiretap.honest(canaries)) {
            run("oath, client_secret_jwt and a sign-in", wire);
            String all = String.join("\n", wire.targets());
            assertThat(all).contains("/identity/oauth2/access_token", "/api/campaigns");
        }
        assertThat(logging.text()).as("OkHttp spoke").contains("okhttp3");
        assertThat(log()).as("the library spoke").contains("TokenRequestSent[", "TokenIssued[");
        assertThat(filesIn(here)).as("the store and the cache were used").hasSizeGreaterThan(1_000);
    }

    /** Runs a flow, and keeps what it gave or threw. Tells whether it threw. */
    private boolean run(String name, Wiretap wire) throws IOException {
        byte[] storeKey = new byte[32];
        new SecureRandom().nextBytes(storeKey);
        canaries.plantBytes("store key", storeKey);
        TokenEncryption encryption = TokenEncryption.of("k", storeKey);
        seen.add(encryption.toString());
        try (Cache cache = new Cache(here.resolve("cache").toFile(), 1_000_000)) {
            FileTokenStore store = FileTokenStore.open(here.resolve("store"), encryption);
            seen.add(store.toString());
            var stage = new LeakFlows.Stage(
                    new FakeTime(), wire, cache, store, canaries, this::event, value -> seen.add(Printed.of(value)));
            LeakFlows.all().get(name).run(stage);
            return false;
        } catch (AssertionError e) {
            // The person found nothing to sign in at.
            return false;
        } catch (Exception e) {
            seen.add(Printed.withAccessors(e));
            return true;
        } finally {
            seen.addAll(wire.targets());
        }
    }

    private void event(TokenEvent event) {
        seen.add(Printed.withAccessors(event));
    }

    private void assertNothingLeaked(String when) throws IOException {
        assertThat(canaries.in(String.join("\n", seen)))
                .as("given, thrown, events, addresses: %s", when)
                .isEmpty();
        assertThat(canaries.in(log()))
                .as("log of the library at TRACE: %s", when)
                .isEmpty();
        assertThat(canaries.in(logging.text()))
                .as("java.util.logging at FINEST: %s", when)
                .isEmpty();
        assertThat(canaries.in(filesIn(here)))
                .as("files of store and cache: %s", when)
                .isEmpty();
        assertThat(canaries.in(newTemporaryFiles()))
                .as("temporary files: %s", when)
                .isEmpty();
    }

    private String log() throws IOException {
        try (var channel = Files.newByteChannel(LOG)) {
            var text = ByteBuffer.allocate((int) (channel.size() - logged));
            channel.position(logged).read(text);
            return StandardCharsets.UTF_8.decode(text.flip()).toString();
        }
    }

    private static String filesIn(Path folder) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(file)
                        .append('\n')
                        .append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** Those at the top that are new, small and ours to read; others write there, too. */
    private String newTemporaryFiles() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path file : files.toList()) {
                text.append(file).append('\n').append(newContent(file));
            }
        }
        return text.toString();
    }

    private String newContent(Path file) {
        try {
            boolean read = Files.isRegularFile(file)
                    && Files.size(file) < 1_000_000
                    && !Files.getLastModifiedTime(file).toInstant().isBefore(begun);
            return read ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
