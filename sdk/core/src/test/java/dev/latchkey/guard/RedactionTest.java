package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.clientauth.PrivateKeyJwt;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards secrets: none that is planted here comes out of a text, a message, a stack trace, an event or a log (V-07, V-35, R-12). */
@Timeout(60)
class RedactionTest {
    private static final String CLIENT_SECRET = "canary/secret+9f27d1&c4=e8";
    private static final String CLIENT_KEY = "canary-client-key-51b7a0";
    private static final String PARAMETER = "canary-parameter-77aa3e";
    private static final String ACCESS_TOKEN = "canary.access.token-c03d98";
    private static final String REFRESH_TOKEN = "canary.refresh.token-1e64fb";
    private static final String PASSWORD = "canary-password-d81f05";
    private static final String PEM = pem();
    private static final SigningKey KEY = SigningKey.parse(PEM).withKeyId("key-1");

    private final Canaries canaries = new Canaries()
            .plant("client secret", CLIENT_SECRET)
            .plant("client key", CLIENT_KEY)
            .plant("token parameter", PARAMETER)
            .plant("access token", ACCESS_TOKEN)
            .plant("refresh token", REFRESH_TOKEN)
            .plant("password", PASSWORD)
            .plantLines("private key", PEM);
    private final List<TokenEvent> events = Collections.synchronizedList(new ArrayList<>());
    private EchoingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EchoingServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Object> values() throws IOException {
        AuthenticationContext context =
                AuthenticationContext.of("my-client", "https://auth.example.com/token", Instant.EPOCH);
        AccessToken accessToken =
                AccessToken.of(ACCESS_TOKEN, TokenType.BEARER, Scope.of("a"), Instant.EPOCH, Instant.MAX);
        TokenResponse.Builder response =
                TokenResponse.builder(ACCESS_TOKEN).refreshToken(RefreshToken.of(REFRESH_TOKEN));
        TokenManager.Builder builder = builder("https://auth.example.com/token", PrivateKeyJwt.of(KEY));
        TokenManager manager = builder.build();
        OAuthInterceptor.Builder interceptor = OAuthInterceptor.builder(manager);
        return Stream.of(
                KEY,
                PrivateKeyJwt.of(KEY),
                PrivateKeyJwt.of(KEY).authenticate(context).toString(),
                ClientSecretBasic.of(CLIENT_SECRET),
                ClientSecretBasic.of(CLIENT_SECRET).authenticate(context),
                ClientSecretPost.of(CLIENT_SECRET),
                ClientSecretPost.of(CLIENT_SECRET).authenticate(context),
                ClientSecretJwt.of(CLIENT_SECRET),
                ClientSecretJwt.of(CLIENT_SECRET).authenticate(context),
                accessToken,
                RefreshToken.of(REFRESH_TOKEN),
                response,
                response.build(),
                provider("https://auth.example.com/token"),
                provider("https://auth.example.com/token").build(),
                builder,
                manager,
                manager.scope("another"),
                interceptor,
                interceptor.build());
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_printed_holdsNoSecret(Object value) {
        assertThat(canaries.in(Printed.of(value))).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "header value with a line break",
                        () -> provider("https://a.example").header("x", CLIENT_KEY + "\n")),
                mistake(
                        "header value outside ASCII",
                        () -> provider("https://a.example").header("x", CLIENT_KEY + "é")),
                mistake("reserved header", () -> provider("https://a.example").header("Authorization", CLIENT_KEY)),
                mistake(
                        "reserved parameter",
                        () -> provider("https://a.example").tokenParameter("client_secret", CLIENT_SECRET)),
                mistake(
                        "password in the address",
                        () -> Provider.builder("https://me:" + PASSWORD + "@a.example/token")),
                mistake("password in the query", () -> Provider.builder("http://a.example/token?p=" + PASSWORD)),
                mistake("broken key", () -> SigningKey.parse(PEM.replaceFirst("\n.", "\n#"))),
                mistake("cut key", () -> SigningKey.parse(PEM.substring(0, PEM.length() - 60))),
                mistake("key without armour", () -> SigningKey.parse(PEM.replaceAll("-----.*-----", ""))),
                mistake(
                        "key in JSON",
                        () -> SigningKey.parse("{\"kty\":\"EC\",\"crv\":\"P-384\",\"d\":\""
                                + PEM.lines().skip(1).findFirst().orElseThrow() + "\"}")),
                mistake(
                        "wrong password",
                        () -> SigningKey.parse(
                                PEM.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), PASSWORD.toCharArray())),
                mistake(
                        "two ways to prove the client",
                        () -> builder("https://a.example", ClientSecretPost.of(CLIENT_SECRET))
                                .clientSecret(CLIENT_SECRET)
                                .build()),
                mistake(
                        "unusable access token",
                        () -> AccessToken.of(
                                ACCESS_TOKEN + "\r\n", TokenType.BEARER, Scope.none(), Instant.EPOCH, Instant.EPOCH)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void message_ofAMistake_holdsNoSecret(String name, Runnable mistake) {
        Throwable thrown = catchThrowable(mistake::run);

        assertThat(canaries.in(Printed.of(thrown))).as(name).isEmpty();
    }

    static Stream<Arguments> refusals() {
        List<ClientAuthentication> methods = List.of(
                PrivateKeyJwt.of(KEY),
                ClientSecretJwt.of(CLIENT_SECRET),
                ClientSecretBasic.of(CLIENT_SECRET),
                ClientSecretPost.of(CLIENT_SECRET));
        Map<String, Function<String, MockResponse>> answers = Map.of(
                "described", sent -> json(401, "{\"error\":\"invalid_client\",\"error_description\":\"" + sent + "\"}"),
                "in a member", sent -> json(400, "{\"error\":\"invalid_request\",\"sent\":{\"all\":\"" + sent + "\"}}"),
                "unknown code", sent -> json(400, "{\"error\":\"" + sent + "\"}"),
                "page", sent -> html(500, "<html><title>Oops</title><pre>" + sent + "</pre></html>"),
                "page with 200", sent -> html(200, "<html><body>" + sent + "</body></html>"),
                "no token",
                        sent -> json(200, "{\"refresh_token\":\"" + REFRESH_TOKEN + "\",\"sent\":\"" + sent + "\"}"),
                "cut token",
                        sent -> json(
                                200,
                                "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"refresh_token\":\"" + REFRESH_TOKEN
                                        + "\",\"expires_in\":"),
                "wrong type", sent -> json(200, "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"token_type\":\"mac\"}"),
                "unusable token",
                        sent -> json(200, "{\"access_token\":\"" + ACCESS_TOKEN + " \",\"token_type\":\"Bearer\"}"),
                "redirect",
                        sent -> new MockResponse.Builder()
                                .code(302)
                                .setHeader("Location", "/other?all=" + sent.replaceAll("[^ -~]", ""))
                                .build());
        return methods.stream()
                .flatMap(method -> answers.entrySet().stream()
                        .map(answer -> Arguments.of(method.method(), answer.getKey(), method, answer.getValue())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("refusals")
    void tokenRequest_refusedWithAnEcho_showsNoSecret(
            String method, String name, ClientAuthentication authentication, Function<String, MockResponse> answer)
            throws IOException {
        server.answerTokenRequests(answer);

        Throwable thrown;
        try (TokenManager tokens = manager(authentication)) {
            thrown = catchThrowable(tokens::token);
        }

        assertThat(thrown).isInstanceOf(IOException.class);
        assertThat(events).hasSizeGreaterThanOrEqualTo(2);
        plantAssertion();
        assertNothingLeaked(thrown);
    }

    static Stream<Arguments> apiAnswers() {
        return Stream.of(400, 401, 403, 404, 429, 498, 499, 500, 503)
                .flatMap(status -> Stream.of(
                        apiAnswer(
                                status,
                                "problem",
                                sent -> json(status, "{\"title\":\"No\",\"detail\":\"" + sent + "\"}")),
                        apiAnswer(status, "page", sent -> html(status, "<pre>" + sent + "</pre>")),
                        apiAnswer(
                                status,
                                "challenge",
                                sent -> new MockResponse.Builder()
                                        .code(status)
                                        .setHeader(
                                                "WWW-Authenticate",
                                                "Bearer error=\"invalid_request\", error_description=\"" + sent.strip()
                                                        + "\"")
                                        .build())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("apiAnswers")
    void apiCall_refusedWithAnEcho_showsNoSecret(int status, String name, Function<String, MockResponse> answer)
            throws IOException {
        server.answerTokenRequests(sent -> token()).answerApiCalls(answer);

        Throwable thrown;
        try (TokenManager tokens = manager(ClientSecretPost.of(CLIENT_SECRET))) {
            thrown = catchThrowable(() -> call(tokens, new OkHttpClient.Builder(), request()));
        }

        assertThat(thrown).isInstanceOf(IOException.class);
        assertNothingLeaked(thrown);
    }

    @Test
    void apiCall_seenByOtherInterceptors_showsNoSecret() throws IOException {
        server.answerTokenRequests(sent -> token()).answerApiCalls(sent -> json(200, "{}"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        OkHttpClient.Builder client = new OkHttpClient.Builder();

        try (TokenManager tokens = manager(ClientSecretPost.of(CLIENT_SECRET))) {
            OAuthInterceptor.of(tokens).applyTo(client).addInterceptor(chain -> {
                Response response = chain.proceed(chain.request());
                seen.add(chain.request() + " " + chain.request().headers() + " "
                        + response.request().headers());
                return response;
            });
            try (Response response = client.build().newCall(request()).execute()) {
                seen.add(response + " " + response.request() + " "
                        + response.request().headers());
            }
        }

        assertThat(seen).hasSize(2);
        assertNothingLeaked(seen);
    }

    @Test
    void apiCall_toAForeignHost_namesItWithoutSecrets() throws IOException {
        server.answerTokenRequests(sent -> token());
        Request foreign = new Request.Builder()
                .url("https://me:" + PASSWORD + "@evil.example/path?key=" + PASSWORD)
                .build();

        Throwable thrown;
        try (TokenManager tokens = manager(ClientSecretPost.of(CLIENT_SECRET))) {
            thrown = catchThrowable(() -> call(tokens, new OkHttpClient.Builder(), foreign));
        }

        assertThat(thrown).hasMessageContaining("evil.example");
        assertNothingLeaked(thrown);
    }

    /** The search itself works: a secret that is there is found. */
    @Test
    void search_aSecretThatIsThere_findsIt() {
        assertThat(canaries.in("x " + CLIENT_SECRET)).isNotEmpty();
        assertThat(canaries.in(Printed.of(new IOException("a", new IOException(ACCESS_TOKEN)))))
                .isNotEmpty();
        assertThat(canaries.in(Printed.withAccessors(RefreshToken.of(REFRESH_TOKEN))))
                .isNotEmpty();
        assertThat(canaries.in(PEM)).isNotEmpty();
    }

    @Test
    void log_afterATokenRequest_wasSearched() throws IOException {
        server.answerTokenRequests(sent -> token());

        try (TokenManager tokens = manager(PrivateKeyJwt.of(KEY))) {
            tokens.token();
        }

        assertThat(log()).contains("TokenRequestSent[", "TokenIssued[");
        plantAssertion();
        assertNothingLeaked(events);
    }

    private void plantAssertion() {
        if (!server.lastSignature().isEmpty()) {
            canaries.plant("signature of the assertion", server.lastSignature());
        }
    }

    private void assertNothingLeaked(Object outcome) throws IOException {
        assertThat(canaries.in(Printed.withAccessors(outcome)))
                .as("what came of it")
                .isEmpty();
        for (TokenEvent event : events) {
            assertThat(canaries.in(Printed.withAccessors(event))).as("event").isEmpty();
        }
        assertThat(canaries.in(log())).as("log").isEmpty();
    }

    private TokenManager manager(ClientAuthentication authentication) {
        return builder(server.tokenEndpoint(), authentication)
                .eventListener(events::add)
                .build();
    }

    private static Provider.Builder provider(String tokenEndpoint) {
        return Provider.builder(tokenEndpoint)
                .header("x-client-key", CLIENT_KEY)
                .tokenParameter("account", PARAMETER);
    }

    private static TokenManager.Builder builder(String tokenEndpoint, ClientAuthentication authentication) {
        return TokenManager.builder(provider(tokenEndpoint).build())
                .clientId("my-client")
                .clientAuthentication(authentication)
                .retries(0);
    }

    private static void call(TokenManager tokens, OkHttpClient.Builder client, Request request) throws IOException {
        try (Response response = OAuthInterceptor.of(tokens)
                .applyTo(client)
                .build()
                .newCall(request)
                .execute()) {
            throw new AssertionError("answered with " + response.code());
        }
    }

    private Request request() {
        return new Request.Builder().url(server.api()).build();
    }

    private static MockResponse token() {
        return json(
                200,
                "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"refresh_token\":\"" + REFRESH_TOKEN + "\"}");
    }

    private static MockResponse json(int status, String body) {
        return answer(status, "application/json", body);
    }

    private static MockResponse html(int status, String body) {
        return answer(status, "text/html", body);
    }

    private static MockResponse answer(int status, String type, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", type)
                .body(body)
                .build();
    }

    /** What all tests of this JVM have logged so far, at TRACE; see simplelogger.properties. */
    private static String log() throws IOException {
        return Files.readString(Places.CORE.resolve("target/test.log"));
    }

    private static Arguments mistake(String name, Runnable mistake) {
        return Arguments.of(name, mistake);
    }

    private static Arguments apiAnswer(int status, String name, Function<String, MockResponse> answer) {
        return Arguments.of(status, name, answer);
    }

    private static String pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
            return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
