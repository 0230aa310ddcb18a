package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.TransportException;
import dev.latchkey.testing.RecordedApiRequest;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenType;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an API call carries. */
@Timeout(20)
class InterceptorHeadersTest {

    @Test
    void call_ofEveryMethod_carriesTokenAndProviderHeadersOnce() throws Exception {
        // in the header, once; never in the URL.
        try (World world = new World()) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")) {
                RequestBody body =
                        List.of("POST", "PUT", "PATCH").contains(method) ? RequestBody.create("x", null) : null;
                world.status(world.request("/a?b=c").method(method, body).build());
            }

            String bearer = "Bearer " + world.tokenValue();
            assertThat(world.api.requests()).hasSize(6).allSatisfy(request -> {
                assertThat(request.headers().get("Authorization")).containsExactly(bearer);
                assertThat(request.headers().get("x-client-key")).containsExactly(World.CLIENT_KEY);
                assertThat(request.query()).isEqualTo("b=c");
            });
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
            assertThat(world.server.tokenRequests().get(0).header("x-client-key"))
                    .contains(World.CLIENT_KEY);
        }
    }

    @Test
    void call_headersOfOneKind_goWhereTheyBelong() throws Exception {
        try (World world = new World(
                manager -> {
                    manager.provider.tokenHeader("x-token-only", "t").apiHeader("x-api-only", "a");
                    return manager;
                },
                http -> http)) {
            world.status("/");

            RecordedApiRequest call = world.api.requests().get(0);
            assertThat(call.header("x-api-only")).contains("a");
            assertThat(call.header("x-token-only")).isEmpty();
            assertThat(world.server.tokenRequests().get(0).header("x-token-only"))
                    .contains("t");
            assertThat(world.server.tokenRequests().get(0).header("x-api-only")).isEmpty();
        }
    }

    @Test
    void call_ownAuthorizationHeader_keptAndNoTokenFetched() throws Exception {
        try (World world = new World()) {
            Request request = world.request("/")
                    .header("Authorization", "Basic dXNlcjpwdw==")
                    .build();
            assertThatThrownBy(() -> world.status(request))
                    .isInstanceOf(dev.latchkey.error.InvalidTokenException.class);

            RecordedApiRequest seen = world.api.requests().get(0);
            assertThat(seen.headers().get("Authorization")).containsExactly("Basic dXNlcjpwdw==");
            assertThat(seen.header("x-client-key")).contains(World.CLIENT_KEY);
            assertThat(world.api.requestCount()).isEqualTo(1);
            assertThat(world.server.tokenRequestCount()).isZero();
        }
    }

    @Test
    void call_ownProviderHeader_keptOnce() throws Exception {
        try (World world = new World()) {
            world.status(world.request("/").header("X-Client-Key", "mine").build());

            assertThat(world.api.requests().get(0).headers().get("x-client-key"))
                    .containsExactly("mine");
        }
    }

    @Test
    void call_authenticatorOfTheClient_itsHeaderIsKept() throws Exception {
        // A user's authenticator answers inside of us; what it puts on is the user's own header.
        try (World world = new World(
                m -> m,
                http -> http.authenticator(
                        (route, response) -> response.request().header("Authorization") != null
                                ? null
                                : response.request()
                                        .newBuilder()
                                        .header("Authorization", "Digest q")
                                        .build()))) {
            world.tokens.token();
            world.server.revokeAll();

            assertThat(world.status("/")).isEqualTo(200);
            assertThat(world.api.requests()).hasSize(3);
            assertThat(world.api.requests().get(1).headers().get("Authorization"))
                    .containsExactly("Digest q");
            assertThat(world.server.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void call_taggedWithASource_getsItsTokenAndIsPrintedWithoutIt() throws Exception {
        // V-23
        try (World world = new World()) {
            TokenSource other = world.tokens.scope("other");
            Request request = world.request("/").tag(TokenSource.class, other).build();
            world.status(request);

            String seen = world.api.requests().get(0).bearerToken().orElseThrow();
            assertThat(seen).isEqualTo(other.token().value());
            assertThat(world.server.scopeOf(seen)).containsExactly("other");
            assertThat(request.toString()).doesNotContain(seen).doesNotContain(World.CLIENT_KEY);
            assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void call_taggedWithTheManager_getsTheMainToken() throws Exception {
        try (World world = new World()) {
            world.status(world.request("/").tag(TokenSource.class, world.tokens).build());

            assertThat(world.api.requests().get(0).bearerToken()).contains(world.tokenValue());
        }
    }

    @Test
    void call_taggedWithALambda_getsItsTokenAndIsNotReplayedWithTheSame() throws Exception {
        try (World world = new World()) {
            String good = world.server.issueAccessToken(Fixtures.CLIENT_ID);
            TokenSource mine = () -> token(good);
            assertThat(world.status(
                            world.request("/").tag(TokenSource.class, mine).build()))
                    .isEqualTo(200);

            world.server.revoke(good);
            Request again = world.request("/").tag(TokenSource.class, mine).build();
            assertThatThrownBy(() -> world.status(again)).isInstanceOf(dev.latchkey.error.InvalidTokenException.class);
            assertThat(world.api.requestCount()).isEqualTo(2);
            assertThat(world.server.tokenRequestCount()).isZero();
        }
    }

    @Test
    void call_sourceGivesNull_failsClearlyAndNothingIsSent() {
        try (World world = new World()) {
            TokenSource broken = () -> null;
            Request request = world.request("/").tag(TokenSource.class, broken).build();

            assertThatThrownBy(() -> world.status(request))
                    .isInstanceOf(TransportException.class)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("TokenSource")
                    .hasMessageContaining("null");
            assertThat(world.api.requestCount()).isZero();
        }
    }

    @Test
    void webSocket_handshake_isLeftAlone() throws Exception {
        try (World world = new World()) {
            BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
            WebSocket socket =
                    world.client.newWebSocket(world.request("/socket").build(), new WebSocketListener() {
                        @Override
                        public void onFailure(WebSocket failed, Throwable t, Response response) {
                            outcome.add(
                                    t.getClass().getSimpleName() + " " + (response == null ? "-" : response.code()));
                        }
                    });

            assertThat(outcome.poll(10, TimeUnit.SECONDS)).isEqualTo("ProtocolException 401");
            socket.cancel();
            RecordedApiRequest seen = world.api.requests().get(0);
            assertThat(seen.header("Authorization")).isEmpty();
            assertThat(seen.header("x-client-key")).isEmpty();
            assertThat(world.server.tokenRequestCount()).isZero();
        }
    }

    @Test
    void upgrade_asAnOrdinaryCall_isLeftAloneToo() throws Exception {
        try (World world = new World()) {
            Request upgrade =
                    world.request("/socket").header("Upgrade", "websocket").build();

            assertThat(world.status(upgrade)).isEqualTo(401);
            assertThat(world.api.requests().get(0).header("x-client-key")).isEmpty();
        }
    }

    @Test
    void addInterceptor_alone_failsWithTheRemedy() throws Exception {
        try (World world = new World()) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addInterceptor(OAuthInterceptor.of(world.tokens))
                    .build();

            assertThatThrownBy(() -> client.newCall(world.request("/").build()).execute())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("applyTo");
            assertThat(world.api.requests().get(0).header("Authorization")).isEmpty();
            World.assertNoConnectionInUse(client);
        }
    }

    @Test
    void addNetworkInterceptor_alone_failsWithTheRemedyBeforeAnythingIsSent() {
        try (World world = new World()) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .addNetworkInterceptor(OAuthInterceptor.of(world.tokens))
                    .build();

            assertThatThrownBy(() -> client.newCall(world.request("/").build()).execute())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("applyTo");
            assertThat(world.api.requestCount()).isZero();
        }
    }

    @Test
    void interceptor_putOnBothPlacesByHand_worksAsWithApplyTo() throws Exception {
        try (World world = new World()) {
            OAuthInterceptor interceptor = OAuthInterceptor.of(world.tokens);
            OkHttpClient client = new OkHttpClient.Builder()
                    .addInterceptor(interceptor)
                    .addNetworkInterceptor(interceptor)
                    .build();

            client.newCall(world.request("/").build()).execute().close();
            RecordedApiRequest seen = world.api.requests().get(0);
            assertThat(seen.bearerToken()).contains(world.tokenValue());
        }
    }

    private static AccessToken token(String value) {
        return AccessToken.of(value, TokenType.BEARER, Scope.none(), Instant.EPOCH, Instant.MAX);
    }
}
