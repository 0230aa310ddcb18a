package dev.latchkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.guard.Canaries;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * A proxy between the library and its servers that sees every byte, plants each secret it meets, and can answer one request with
 * all that it knows: what was sent, and what the server gave for it.
 */
final class Wiretap implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEVER = -1;
    private static final Pattern CALLS = Pattern.compile("/things$|/fhir/|/api/campaigns$|/api/partner/|/v1/user$");
    /** Where a betrayal may redirect to. */
    static final String ELSEWHERE = "http://elsewhere.example/";

    /** Which parameters, members and header fields are secrets, and what they are called here. */
    private static final Map<String, String> SECRETS = Map.ofEntries(
            Map.entry("access_token", "access token"),
            Map.entry("accesstoken", "login token"),
            Map.entry("refresh_token", "refresh token"),
            Map.entry("id_token", "ID token"),
            Map.entry("token", "session token or token in question"),
            Map.entry("code", "code"),
            Map.entry("code_verifier", "verifier"),
            Map.entry("client_secret", "client secret"),
            Map.entry("client_assertion", "assertion"),
            Map.entry("password", "password"),
            Map.entry("otpcode", "one-time password"),
            Map.entry("x-secret-key", "secret key"),
            Map.entry("x-auth-token", "access token"),
            Map.entry("authorization", "credentials of a call"));

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient onwards = new OkHttpClient.Builder()
            .followRedirects(false)
            .retryOnConnectionFailure(true)
            .build();
    private final Canaries canaries;
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger seen = new AtomicInteger();
    private final int betrayedRequest;
    private final BiFunction<String, Answered, MockResponse> betrayal;

    /** The true answer. */
    record Answered(int status, String type, String body) {}

    private Wiretap(Canaries canaries, int betrayedRequest, BiFunction<String, Answered, MockResponse> betrayal)
            throws IOException {
        this.canaries = canaries;
        this.betrayedRequest = betrayedRequest;
        this.betrayal = betrayal;
        server.setServerSocketFactory(new PromptSockets());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                try {
                    return answer(request);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        server.start();
    }

    static Wiretap honest(Canaries canaries) throws IOException {
        return new Wiretap(canaries, NEVER, (sent, answered) -> response(500, "", ""));
    }

    static Wiretap betraying(int request, Canaries canaries, BiFunction<String, Answered, MockResponse> betrayal)
            throws IOException {
        return new Wiretap(canaries, request, betrayal);
    }

    Proxy proxy() {
        return server.getProxyAddress();
    }

    /** How many requests came by. */
    int requests() {
        return seen.get();
    }

    /** The request lines and addresses that were asked for. */
    List<String> targets() {
        return targets;
    }

    private MockResponse answer(RecordedRequest request) throws IOException {
        int number = seen.getAndIncrement();
        String target = request.getTarget();
        if (target.startsWith(ELSEWHERE)) {
            // The betrayal itself sent it there, and wrote the address.
            return response(404, "text/plain", "");
        }
        targets.add(target);
        harvest(target.substring(target.indexOf('?') + 1));
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        harvest(request.getHeaders().toMultimap());
        harvest(body);
        Answered answered = passedOn(request, target, body);
        harvest(answered.body());
        MockResponse betrayed = betrayal.apply(known(request, body, answered), answered);
        // What an API answers with success is the user's, as is the address that it redirects to.
        boolean usersOwn = CALLS.matcher(target).find() && betrayed.getCode() < 400;
        return number == betrayedRequest && !usersOwn ? betrayed : truth(answered);
    }

    private static MockResponse truth(Answered answered) {
        return new MockResponse.Builder()
                .code(answered.status())
                .setHeader("Content-Type", answered.type())
                .body(answered.body())
                .build();
    }

    /** A code under its bare name is left out: so many error codes have that name that it cannot be masked, nor used without verifier. */
    private static String known(RecordedRequest request, String body, Answered answered) {
        return request.getTarget() + "\n" + request.getHeaders().toMultimap() + "\n" + decodedBasic(request) + "\n"
                + body + "\n" + answered.body().replaceAll("\"code\":\"[^\"]*\",?", "");
    }

    private Answered passedOn(RecordedRequest request, String target, String body) throws IOException {
        boolean hasBody = !body.isEmpty() || request.getMethod().equals("POST");
        Request.Builder next = new Request.Builder()
                .url(target)
                .method(
                        request.getMethod(),
                        hasBody ? RequestBody.create(body.getBytes(StandardCharsets.UTF_8), null) : null);
        request.getHeaders().forEach(header -> {
            if (!List.of("host", "proxy-connection", "connection", "content-length", "accept-encoding")
                    .contains(header.getFirst().toLowerCase(java.util.Locale.ROOT))) {
                next.header(header.getFirst(), header.getSecond());
            }
        });
        try (Response response = onwards.newCall(
                        next.header("Accept-Encoding", "identity").build())
                .execute()) {
            return new Answered(
                    response.code(),
                    response.header("Content-Type", "text/plain"),
                    response.body().string());
        }
    }

    private void harvest(Map<String, List<String>> headers) {
        headers.forEach((name, values) -> values.forEach(value -> harvested(name, value)));
    }

    private void harvest(String body) {
        if (body.startsWith("{")) {
            try {
                harvest(JSON.readTree(body));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        } else if (body.contains("=")) {
            HttpUrl form = HttpUrl.get("http://form.example/?" + body);
            form.queryParameterNames().forEach(name -> harvested(name, String.valueOf(form.queryParameter(name))));
        }
    }

    private void harvest(JsonNode node) {
        node.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                harvested(member.getKey(), member.getValue().textValue());
            }
        });
    }

    /** The header and the claims of a JWT may be printed; whoever has its signature as well has all of it. */
    private void harvested(String name, String value) {
        String kind = SECRETS.get(name.toLowerCase(java.util.Locale.ROOT));
        if (name.equals("url") && value.contains("code=")) {
            canaries.plant("code", String.valueOf(HttpUrl.get(value).queryParameter("code")));
        }
        if (name.equals("code_challenge")) {
            canaries.publish(value);
        }
        if (kind == null) {
            return;
        }
        String secret = value.replaceFirst("^(Bearer|Basic) ", "");
        boolean jwt =
                secret.startsWith("eyJ") && secret.chars().filter(c -> c == '.').count() == 2;
        canaries.plant(kind, jwt ? secret.substring(secret.lastIndexOf('.') + 1) : secret);
        if (value.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(secret), StandardCharsets.UTF_8);
            canaries.plant("client secret", pair.substring(pair.indexOf(':') + 1));
        }
    }

    private static String decodedBasic(RecordedRequest request) {
        String authorization = request.getHeaders().get("Authorization");
        return authorization == null || !authorization.startsWith("Basic ")
                ? ""
                : new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
    }

    static MockResponse response(int status, String type, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", type)
                .body(new Buffer().writeUtf8(body))
                .build();
    }

    @Override
    public void close() {
        server.close();
        onwards.connectionPool().evictAll();
        onwards.dispatcher().executorService().shutdown();
    }
}
