package dev.latchkey;

import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.event.EventListener;
import dev.latchkey.grant.DeprecatedPasswordGrant;
import dev.latchkey.guard.Canaries;
import dev.latchkey.login.ApiModeSession;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoginStep;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.provider.SmartBackendServices;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.OathIdB2bSimulator;
import dev.latchkey.testing.OlxPartnerSimulator;
import dev.latchkey.testing.RedoxSimulator;
import dev.latchkey.testing.SmartBackendServicesSimulator;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Ways through the library from the first request to the last, each with secrets of its own that nobody can mistake. */
final class LeakFlows {
    private static final String CALLBACK = "https://app.example.com/callback";
    private static final String EMAIL = "a@example.com";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What a flow runs in.
     *
     * @param time the time of client and server
     * @param proxy where all requests go through
     * @param cache the HTTP cache of the calls
     * @param store where tokens are kept
     * @param canaries takes the secrets that the flow brings along
     * @param events hears all events
     * @param seen takes whatever the flow gets to see
     */
    record Stage(
            FakeTime time,
            Wiretap proxy,
            Cache cache,
            TokenStore store,
            Canaries canaries,
            EventListener events,
            Consumer<Object> seen) {
        /** A secret of that name, planted. */
        String secret(String name) {
            byte[] octets = new byte[24];
            RANDOM.nextBytes(octets);
            String secret = "canary/" + Base64.getUrlEncoder().encodeToString(octets);
            canaries.plant(name, secret);
            return secret;
        }

        private OkHttpClient http() {
            return new OkHttpClient.Builder().proxy(proxy.proxy()).build();
        }

        private TokenManager build(TokenManager.Builder builder) {
            TokenManager tokens = builder.retries(0)
                    .clock(time)
                    .ticker(time)
                    .scheduler(time.scheduler())
                    .executor(new DirectExecutor())
                    .httpClient(http())
                    .store(store)
                    .eventListener(events)
                    .build();
            seen.accept(builder);
            seen.accept(tokens);
            return tokens;
        }

        private void call(TokenManager tokens, TokenSource source, String url) throws IOException {
            OkHttpClient client = OAuthInterceptor.of(tokens)
                    .applyTo(http().newBuilder().cache(cache))
                    .build();
            Request request = new Request.Builder()
                    .url(url)
                    .tag(TokenSource.class, source)
                    .build();
            try (Response response = client.newCall(request).execute()) {
                seen.accept(request);
                seen.accept(response);
                seen.accept(response.request() + " " + response.request().headers() + " " + response.networkResponse());
                // The body is the user's own.
                response.body().string();
            }
        }

        /** Two tokens, the second after the end of the first, and a call with each. */
        private void ownTokens(TokenManager tokens, String url) throws IOException {
            for (int i = 0; i < 2; i++) {
                seen.accept(tokens.token());
                call(tokens, tokens, url);
                time.advance(Duration.ofDays(1));
            }
        }

        private void sessionOf(TokenManager tokens, LoginOutcome.SignedIn signedIn, String url) throws IOException {
            seen.accept(signedIn);
            seen.accept(signedIn.response());
            TokenSource user = tokens.adopt("42", signedIn);
            call(tokens, user, url);
            time.advance(Duration.ofDays(2));
            seen.accept(user.token());
            call(tokens, user, url);
            tokens.signOut("42");
        }
    }

    /** Runs a flow; what it throws is what a user would have to log. */
    interface Flow {
        void run(Stage stage) throws Exception;
    }

    /** What plays the person, and the browser. */
    private interface Person {
        String signIn(String authorizationUrl);
    }

    private LeakFlows() {}

    static Map<String, Flow> all() {
        return new TreeMap<>(Map.of(
                "private_key_jwt with a client key", LeakFlows::clientKey,
                "client_secret_basic", stage -> genericSecret(stage, true),
                "client_secret_post", stage -> genericSecret(stage, false),
                "redox", LeakFlows::redox,
                "smart", LeakFlows::smart,
                "oath, client_secret_jwt and a sign-in", LeakFlows::oath,
                "oath, password", LeakFlows::password,
                "olx, own token and a sign-in", LeakFlows::olx,
                "baanx, hosted page", LeakFlows::baanx,
                "baanx, API mode", LeakFlows::apiMode));
    }

    /** How many of a flow's requests differ in kind; where a client has only tokens of its own, the later ones repeat the first two. */
    static int differentRequests(String name, int requests) {
        return name.contains("sign-in") || name.startsWith("baanx") ? requests : 2;
    }

    private static void clientKey(Stage stage) throws IOException {
        generic(
                stage,
                FakeClient.privateKeyJwt("c", SigningKey.publicJwkSet(List.of(Fixtures.KEY))),
                manager -> manager.signingKey(Fixtures.KEY).header("x-client-key", stage.secret("client key")));
    }

    private static void genericSecret(Stage stage, boolean basic) throws IOException {
        String secret = stage.secret("client secret");
        FakeClient client =
                basic ? FakeClient.clientSecretBasic("c", secret) : FakeClient.clientSecretPost("c", secret);
        generic(stage, client, manager -> {
            if (basic) {
                manager.clientSecret(secret);
            } else {
                manager.clientAuthentication(dev.latchkey.clientauth.ClientSecretPost.of(secret));
            }
        });
    }

    private static void generic(Stage stage, FakeClient client, Consumer<TokenManager.Builder> credentials)
            throws IOException {
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(stage.time());
                FakeApi api = FakeApi.start(server)) {
            server.register(client);
            TokenManager.Builder builder =
                    TokenManager.builder(server.tokenEndpoint()).clientId("c").apiOrigin(api.origin());
            credentials.accept(builder);
            try (TokenManager tokens = stage.build(builder)) {
                stage.ownTokens(tokens, api.url("/things").toString());
            }
        }
    }

    private static void redox(Stage stage) throws IOException {
        try (RedoxSimulator redox = RedoxSimulator.start(stage.time())) {
            redox.registerKey("c", Fixtures.KEY.publicJwk());
            try (TokenManager tokens = stage.build(TokenManager.builder(Redox.at(redox.baseUrl()))
                    .clientId("c")
                    .signingKey(Fixtures.KEY))) {
                stage.ownTokens(tokens, redox.baseUrl() + "/fhir/R4/sandbox/Development/Patient");
            }
        }
    }

    private static void smart(Stage stage) throws IOException {
        try (SmartBackendServicesSimulator smart = SmartBackendServicesSimulator.start(stage.time())) {
            smart.registerKey("c", Fixtures.KEY.publicJwk());
            Provider provider = SmartBackendServices.of(smart.tokenEndpoint(), smart.fhirBaseUrl());
            try (TokenManager tokens = stage.build(TokenManager.builder(provider)
                    .clientId("c")
                    .signingKey(Fixtures.KEY)
                    .scope("system/*.rs"))) {
                stage.ownTokens(tokens, smart.baseUrl() + "/fhir/Patient");
            }
        }
    }

    private static void oath(Stage stage) throws IOException {
        String secret = stage.secret("client secret");
        try (OathIdB2bSimulator oath = OathIdB2bSimulator.start(stage.time())) {
            oath.registerClient("c", secret, "one", "one", "introspect", "openid");
            oath.registerRedirectUri(CALLBACK);
            String url = oath.baseUrl() + "/api/campaigns";
            try (TokenManager tokens = stage.build(TokenManager.builder(OathIdB2b.at(oath.baseUrl(), "one"))
                    .clientId("c")
                    .clientAuthentication(ClientSecretJwt.of(secret))
                    .scope("one"))) {
                stage.ownTokens(tokens, url);
                stage.seen()
                        .accept(Introspection.of(tokens)
                                .introspect(tokens.token().value()));
                signIn(
                        stage,
                        tokens,
                        LoginRequest.of(CALLBACK).withScope("openid one"),
                        page -> oath.signIn(page, "user-2"),
                        url);
            }
        }
    }

    private static void password(Stage stage) throws IOException {
        String secret = stage.secret("client secret");
        String password = stage.secret("password");
        try (OathIdB2bSimulator oath = OathIdB2bSimulator.start(stage.time())) {
            oath.registerClient("c", secret, "one", "one");
            oath.registerUser("service", password);
            DeprecatedPasswordGrant grant = DeprecatedPasswordGrant.of("service", password);
            stage.seen().accept(grant);
            try (TokenManager tokens = stage.build(TokenManager.builder(OathIdB2b.at(oath.baseUrl(), "one"))
                    .clientId("c")
                    .clientSecret(secret)
                    .scope("one")
                    .passwordGrant(grant))) {
                stage.ownTokens(tokens, oath.baseUrl() + "/api/campaigns");
            }
        }
    }

    private static void olx(Stage stage) throws IOException {
        String secret = stage.secret("client secret");
        try (OlxPartnerSimulator olx = OlxPartnerSimulator.start(stage.time())) {
            olx.registerClient("c", secret);
            olx.registerRedirectUri(CALLBACK);
            String url = olx.baseUrl() + "/api/partner/categories";
            try (TokenManager tokens = stage.build(TokenManager.builder(OlxPartner.at(olx.baseUrl()))
                    .clientId("c")
                    .clientSecret(secret))) {
                stage.ownTokens(tokens, url);
                signIn(stage, tokens, page -> olx.signIn(page, "user-2", "v2", "read", "write"), url);
            }
        }
    }

    /** The client key of this platform is its client id, and public. */
    private static Provider baanx(BaanxSimulator simulator, String secretKey) {
        Provider provider = Baanx.at(simulator.baseUrl(), "public-key");
        return provider.toBuilder()
                .tokenHeader("x-secret-key", secretKey)
                .loginProfile(provider.loginProfile().withHeader("x-secret-key", secretKey))
                .build();
    }

    private static void baanx(Stage stage) throws IOException {
        String secretKey = stage.secret("secret key");
        try (BaanxSimulator simulator = BaanxSimulator.start(stage.time())) {
            simulator.registerClient("public-key", secretKey);
            simulator.registerRedirectUri(CALLBACK);
            simulator.registerUser(EMAIL, stage.secret("password"));
            simulator.redirectFromInitiate(false);
            try (TokenManager tokens = stage.build(TokenManager.builder(baanx(simulator, secretKey)))) {
                signIn(stage, tokens, page -> simulator.signIn(page, EMAIL), simulator.baseUrl() + "/v1/user");
            }
        }
    }

    private static void apiMode(Stage stage) throws IOException {
        String secretKey = stage.secret("secret key");
        String password = stage.secret("password");
        try (BaanxSimulator simulator = BaanxSimulator.start(stage.time())) {
            simulator.registerClient("public-key", secretKey);
            simulator.registerRedirectUri(CALLBACK);
            simulator.registerUser(EMAIL, password);
            simulator.requireOneTimePassword(EMAIL);
            try (TokenManager tokens = stage.build(TokenManager.builder(baanx(simulator, secretKey)))) {
                ApiModeLogin login = tokens.apiModeLogin();
                stage.seen().accept(login);
                ApiModeSession session = login.begin(LoginRequest.of(CALLBACK));
                stage.seen().accept(session);
                var asked = (LoginStep.OneTimePasswordRequired) login.login(EMAIL, password);
                stage.seen().accept(asked);
                login.sendOneTimePassword(asked);
                String oneTime = simulator.oneTimePassword(EMAIL);
                stage.canaries().plant("one-time password", oneTime);
                var loggedIn = (LoginStep.LoggedIn) login.login(EMAIL, password, oneTime);
                stage.seen().accept(loggedIn);
                stage.sessionOf(tokens, login.agree(session, loggedIn.token()), simulator.baseUrl() + "/v1/user");
            }
        }
    }

    private static void signIn(Stage stage, TokenManager tokens, Person person, String url) throws IOException {
        signIn(stage, tokens, LoginRequest.of(CALLBACK), person, url);
    }

    private static void signIn(Stage stage, TokenManager tokens, LoginRequest request, Person person, String url)
            throws IOException {
        PendingLogin pending = tokens.login().begin(request);
        stage.seen().accept(request);
        stage.seen().accept(pending);
        stage.seen().accept(pending.authorizationUrl());
        String callback = person.signIn(pending.authorizationUrl());
        stage.canaries()
                .publish(String.valueOf(
                        okhttp3.HttpUrl.get(pending.authorizationUrl()).queryParameter("code_challenge")));
        stage.canaries()
                .plant("code", String.valueOf(okhttp3.HttpUrl.get(callback).queryParameter("code")));
        stage.sessionOf(
                tokens,
                (LoginOutcome.SignedIn) tokens.login().complete(PendingLogin.parse(pending.toText()), callback),
                url);
    }
}
