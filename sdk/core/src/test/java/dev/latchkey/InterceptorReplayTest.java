package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.InsufficientScopeException;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidClientKeyException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.error.MissingClientKeyException;
import dev.latchkey.event.TokenRejected;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.RecordedApiRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** one refresh and one replay for a refused token, and nothing for any other refusal. */
@Timeout(20)
class InterceptorReplayTest {
    private final World world = new World();

    @org.junit.jupiter.api.AfterEach
    void close() {
        world.assertNoConnectionInUse();
        world.close();
    }

    private void revokeTheCached() throws IOException {
        world.tokens.token();
        world.server.revokeAll();
    }

    @Test
    void call_tokenRevoked_refreshedOnceAndReplayedOnce() throws Exception {
        // F-35: one call, two requests at the API, two at the authorization server.
        revokeTheCached();

        assertThat(world.status("/")).isEqualTo(200);
        assertThat(world.api.requests()).extracting(RecordedApiRequest::status).containsExactly(401, 200);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
        assertThat(world.events.of(TokenRejected.class))
                .singleElement()
                .satisfies(event -> assertThat(event.dropped()).isTrue());
    }

    @Test
    void call_afterARevocation_threeRequestsAtTheApiForTwoCalls() throws Exception {
        // F-35 as it is counted: RS 3, AS 2 for two calls, the first of which finds the token revoked.
        revokeTheCached();

        assertThat(world.status("/1")).isEqualTo(200);
        assertThat(world.status("/2")).isEqualTo(200);
        assertThat(world.api.requestCount()).isEqualTo(3);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void call_manyRefusedAtOnce_oneRefreshForAll() throws Exception {
        revokeTheCached();
        world.client.dispatcher().setMaxRequests(64);
        world.client.dispatcher().setMaxRequestsPerHost(64);
        world.api.hold();
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(World.enqueued(world.call("/" + i)));
        }
        world.api.awaitRequests(40);
        world.api.release();

        for (CompletableFuture<Integer> call : calls) {
            assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertThat(world.api.requestCount()).isEqualTo(80);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void call_lateRefusalOfAReplacedToken_replayedWithTheNewOneWithoutARefresh() throws Exception {
        revokeTheCached();
        world.api.hold();
        CompletableFuture<Integer> late = World.enqueued(world.call("/late"));
        world.api.awaitRequests(1);
        world.tokens.reject(world.tokens.token());
        world.tokens.token();
        world.api.release();

        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void call_401WithoutChallenge_isHealedToo() throws Exception {
        world.api.next(Answer.status(401));

        assertThat(world.status("/")).isEqualTo(200);
        assertThat(world.api.requestCount()).isEqualTo(2);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void call_refusedInAnAnswerTooLongToRead_itsConnectionIsLetGo() throws Exception {
        // F-15: the check after each test looks for what is still held.
        world.api.next(Answer.text(401, "x".repeat(3_000_000)));

        assertThat(world.status("/")).isEqualTo(200);
    }

    @Test
    void call_refusedInAnAnswerTooLongToReadAndNoTokenToBeHad_itsConnectionIsLetGo() throws Exception {
        // F-15
        world.tokens.token();
        world.server.always(Answer.json(400, "{\"error\":\"invalid_client\"}"));
        world.api.next(Answer.text(401, "x".repeat(3_000_000)));

        assertThatThrownBy(() -> world.status("/")).isInstanceOf(InvalidClientException.class);
    }

    @Test
    void call_refusedAgainAfterTheReplay_typedAndNotReplayedTwice() {
        world.api.always(Answer.json(401, "{\"error\":\"invalid_token\"}"));

        assertThatThrownBy(() -> world.status("/")).isInstanceOf(InvalidTokenException.class);
        assertThat(world.api.requestCount()).isEqualTo(2);
        assertThat(world.server.tokenRequestCount()).isEqualTo(2);
    }

    @Test
    void call_everyTokenRefused_endsInNoLoop() {
        // F-36: 20 requests at the API or fewer for 10 calls.
        world.api.always(Answer.status(401));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> world.status("/")).isInstanceOf(InvalidTokenException.class);
        }
        assertThat(world.api.requestCount()).isLessThanOrEqualTo(20);
        assertThat(world.server.tokenRequestCount()).isEqualTo(6);

        for (int i = 0; i < 500; i++) {
            assertThatThrownBy(() -> world.status("/")).isInstanceOf(InvalidTokenException.class);
        }
        assertThat(world.server.tokenRequestCount()).isEqualTo(6);
        assertThat(world.api.requestCount()).isEqualTo(510 + 5);
    }

    @Test
    void call_insufficientScope_neitherRefreshedNorReplayed() {
        String challenge = "Bearer error=\"insufficient_scope\", scope=\"admin\"";
        for (int status : List.of(403, 401)) {
            world.api.next(Answer.status(status).header("WWW-Authenticate", challenge));
            assertThatThrownBy(() -> world.status("/"))
                    .isInstanceOf(InsufficientScopeException.class)
                    .hasMessageContaining("admin");
        }
        world.api.next(Answer.json(401, "{\"error\":\"insufficient_scope\"}"));
        assertThatThrownBy(() -> world.status("/")).isInstanceOf(InsufficientScopeException.class);

        assertThat(world.api.requestCount()).isEqualTo(3);
        assertThat(world.server.tokenRequestCount()).isEqualTo(1);
        assertThat(world.events.of(TokenRejected.class)).isEmpty();
    }

    @Test
    void call_clientKeyRefused_typedAndTheTokenIsLeftAlone() {
        world.api.next(Answer.status(498));
        assertThatThrownBy(() -> world.status("/")).isInstanceOf(InvalidClientKeyException.class);
        world.api.next(Answer.status(499));
        assertThatThrownBy(() -> world.status("/")).isInstanceOf(MissingClientKeyException.class);

        assertThat(world.api.requestCount()).isEqualTo(2);
        assertThat(world.server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void call_forbiddenThoughItSpeaksOfTheToken_neitherRefreshedNorReplayed() {
        world.api.next(Answer.status(403).header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        assertThatThrownBy(() -> world.status("/")).isInstanceOf(ApiException.class);

        assertThat(world.api.requestCount()).isEqualTo(1);
        assertThat(world.server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void call_refusalsOfOtherKinds_neitherRefreshedNorReplayed() {
        // A 408 is OkHttp's own: it sends that again inside of us, where the user's client retries.
        for (int status :
                List.of(400, 402, 403, 404, 405, 409, 410, 415, 422, 423, 429, 500, 501, 502, 503, 504, 599)) {
            world.api.next(Answer.status(status));
            assertThatThrownBy(() -> world.status("/")).isInstanceOf(ApiException.class);
        }
        assertThat(world.api.requestCount()).isEqualTo(17);
        assertThat(world.server.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void call_repeatableBody_replayedWithTheSameBytes() throws Exception {
        revokeTheCached();
        String body = "{\"order\":\"" + "ä".repeat(5_000) + "\"}";
        Request request = world.request("/orders")
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();

        assertThat(world.status(request)).isEqualTo(200);
        assertThat(world.api.requests()).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.body()).isEqualTo(body);
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.header("Content-Type")).contains("application/json; charset=utf-8");
        });
    }

    @Test
    void call_bodyThatGoesOutOnce_neverReplayedButTheNextCallIsHealed() throws Exception {
        for (boolean duplex : List.of(false, true)) {
            revokeTheCached();
            int before = world.api.requestCount();
            OneTimeBody body = new OneTimeBody(duplex);
            Request request = world.request("/upload").post(body).build();

            assertThatThrownBy(() -> world.status(request)).isInstanceOf(IOException.class);
            assertThat(body.written).isLessThanOrEqualTo(1);
            if (!duplex) {
                assertThat(world.api.requestCount() - before).isEqualTo(1);
                assertThat(world.status(world.request("/upload")
                                .post(new OneTimeBody(false))
                                .build()))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void call_refusedAndNoNewTokenToBeHad_failsWithTheReasonAndLeaksNothing() throws Exception {
        revokeTheCached();
        world.server.always(Answer.json(400, "{\"error\":\"unauthorized_client\"}"));

        assertThatThrownBy(() -> world.status("/")).isInstanceOf(dev.latchkey.error.UnauthorizedClientException.class);
        assertThat(world.api.requestCount()).isEqualTo(1);
    }

    /** A body that can be written once, as a stream is. */
    private static final class OneTimeBody extends RequestBody {
        private final boolean duplex;
        private int written;

        OneTimeBody(boolean duplex) {
            this.duplex = duplex;
        }

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public boolean isOneShot() {
            return !duplex;
        }

        @Override
        public boolean isDuplex() {
            return duplex;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            written++;
            sink.writeUtf8("once");
        }
    }
}
