package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.DisallowedOriginException;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.RecordedApiRequest;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-17, V-01, V-03, R-12, R-59: credentials reach the origins they are meant for and no other, at any hop. */
@Timeout(20)
class OriginTest {
    private final World world = new World();
    private final FakeApi evil = FakeApi.start(world.server);

    @AfterEach
    void close() {
        evil.close();
        world.close();
    }

    private void assertNothingOfOursAt(FakeApi foreign) {
        assertThat(foreign.requests()).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEmpty();
            assertThat(request.header("x-client-key")).isEmpty();
            assertThat(request.headers().toString() + request.path() + request.query() + request.body())
                    .doesNotContain(World.CLIENT_KEY)
                    .doesNotContain("at_");
        });
    }

    @Test
    void call_foreignHost_refusedBeforeAnythingIsSent() {
        Request request = new Request.Builder().url(evil.url("/secret?q=1")).build();

        assertThatThrownBy(() -> world.status(request))
                .isInstanceOfSatisfying(
                        DisallowedOriginException.class,
                        e -> assertThat(e.details().requestSent()).isFalse())
                .hasMessageContaining(evil.origin())
                .hasMessageContaining(world.api.origin())
                .hasMessageNotContaining("q=1");
        assertThat(evil.requestCount()).isZero();
        assertThat(world.server.tokenRequestCount()).isZero();
    }

    @Test
    void call_foreignHost_remedyWorksWhenFollowed() throws Exception {
        // The remedy names the port as well: without it, following it changes nothing.
        Request request = new Request.Builder().url(evil.url("/")).build();
        assertThatThrownBy(() -> world.status(request))
                .isInstanceOfSatisfying(
                        DisallowedOriginException.class,
                        e -> assertThat(e.remedy()).contains(".apiOrigin(\"" + evil.origin() + "\")"));

        try (TokenManager tokens = Fixtures.manager(world.server, world.time)
                .apiOrigin(evil.origin())
                .build()) {
            OkHttpClient client = OAuthInterceptor.of(tokens)
                    .applyTo(new OkHttpClient.Builder())
                    .build();
            try (Response response = client.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void redirect_toAnotherPort_carriesNoHeaderOfOurs(int status) throws Exception {
        world.api.always(Answer.redirect(status, evil.url("/steal")));
        evil.always(Answer.status(204));
        String token = world.tokenValue();
        for (Request request : List.of(
                world.request("/a").build(),
                world.request("/b").post(RequestBody.create("body", null)).build())) {
            try (Response response = world.client.newCall(request).execute()) {
                assertThat(response.code()).isIn(204, status);
            }
        }

        assertNothingOfOursAt(evil);
        assertThat(evil.requestCount()).isGreaterThanOrEqualTo(1);
        assertThat(world.api.requests())
                .allSatisfy(seen -> assertThat(seen.bearerToken()).contains(token));
    }

    @Test
    void redirect_toAnotherHostName_carriesNoHeaderOfOurs() throws Exception {
        // The same machine by another name is another origin.
        world.api.next(Answer.redirect(302, world.api.url("/x").replace("127.0.0.1", "localhost")));
        world.api.next(Answer.status(204));

        assertThat(world.status("/")).isEqualTo(204);
        RecordedApiRequest second = world.api.requests().get(1);
        assertThat(second.header("Authorization")).isEmpty();
        assertThat(second.header("x-client-key")).isEmpty();
    }

    @Test
    void redirect_withinTheOrigin_keepsTheHeaders() throws Exception {
        world.api.next(Answer.redirect(302, "/there"));

        assertThat(world.status("/here")).isEqualTo(200);
        assertThat(world.api.requests().get(1).header("x-client-key")).contains(World.CLIENT_KEY);
        assertThat(world.api.requests().get(1).bearerToken()).contains(world.tokenValue());
    }

    @Test
    void redirect_awayAndBack_strangerBetweenSeesNothing() throws Exception {
        world.api.next(Answer.redirect(307, evil.url("/mid")));
        evil.next(Answer.redirect(307, world.api.url("/back")));

        assertThat(world.status("/start")).isEqualTo(200);
        assertNothingOfOursAt(evil);
        assertThat(evil.requestCount()).isEqualTo(1);
        assertThat(world.api.requests().get(1).bearerToken()).contains(world.tokenValue());
    }

    @Test
    void redirect_strangerAnswers401_noTokenIsSpentOnIt() throws Exception {
        world.api.always(Answer.redirect(302, evil.url("/")));
        evil.always(Answer.status(401).header("WWW-Authenticate", "Bearer error=\"invalid_token\""));

        assertThatThrownBy(() -> world.status("/")).isInstanceOf(dev.latchkey.error.InvalidTokenException.class);
        assertThat(evil.requestCount()).isEqualTo(1);
        assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        assertNothingOfOursAt(evil);
    }

    @Test
    void redirect_headerPutOnByHand_isTakenOffAsWell() throws Exception {
        world.api.next(Answer.redirect(302, evil.url("/")));
        evil.always(Answer.status(204));
        Request request =
                world.request("/").header("X-Client-Key", World.CLIENT_KEY).build();

        assertThat(world.status(request)).isEqualTo(204);
        assertNothingOfOursAt(evil);
    }

    @Test
    void interceptorFurtherIn_rewritesTheUrl_carriesNoHeaderOfOurs() throws Exception {
        Interceptor rewriting = chain ->
                chain.proceed(chain.request().newBuilder().url(evil.url("/r")).build());
        OkHttpClient client =
                world.client.newBuilder().addInterceptor(rewriting).build();
        evil.always(Answer.status(204));

        try (Response response = client.newCall(world.request("/").build()).execute()) {
            assertThat(response.code()).isEqualTo(204);
        }
        assertThat(evil.requestCount()).isEqualTo(1);
        assertNothingOfOursAt(evil);
    }

    @Test
    void interceptorFurtherIn_makesANewRequest_itCarriesWhatTheCallDoes() throws Exception {
        Interceptor forgetful = chain ->
                chain.proceed(new Request.Builder().url(chain.request().url()).build());
        OkHttpClient client =
                world.client.newBuilder().addInterceptor(forgetful).build();

        try (Response response =
                client.newCall(world.request("/").header("X-Own", "1").build()).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(world.api.requests().get(0).bearerToken()).contains(world.tokenValue());
        assertThat(world.api.requests().get(0).header("X-Own")).isEmpty();
    }

    @Test
    void interceptor_addedAtNetworkLevelAlone_isRefusedBeforeAnythingIsSent() {
        OkHttpClient client = new OkHttpClient.Builder()
                .addNetworkInterceptor(OAuthInterceptor.of(world.tokens))
                .build();

        assertThatThrownBy(() -> client.newCall(world.request("/").build()).execute())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("applyTo");
        assertThat(world.api.requestCount()).isZero();
    }

    @Test
    void call_tokenEndpointItself_isAnAllowedOrigin() throws Exception {
        Request request =
                new Request.Builder().url(world.server.issuer() + "/userinfo").build();
        assertThatThrownBy(() -> world.status(request)).isInstanceOf(dev.latchkey.error.NotFoundException.class);
    }
}
