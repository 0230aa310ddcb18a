package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TransportException;
import dev.latchkey.grant.ClientCredentialsGrant;
import dev.latchkey.internal.time.Time;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients and one server that fails for a while, without the wire between them: what arrives there, second by second. */
@Timeout(60)
class OutagesTest {
    private static final int CLIENTS = 1000;
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration TICK = Duration.ofMillis(500);

    private final FakeTime time = new FakeTime();
    private final Random random = new Random(20_261_122);
    private final Server server = new Server();

    /** Counts requests, and answers or fails at once. */
    private final class Server implements TokenStage {
        private final List<Integer> perSecond = new ArrayList<>();
        private final long start = time.getAsLong();
        private BooleanSupplier fails = () -> false;
        private final OAuthException unavailable = new TransportException(
                ErrorDetails.builder("Token request", "down").retryable(true).build());
        private int requests;

        @Override
        public CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying) {
            requests++;
            int second = (int) ((time.getAsLong() - start) / 1_000_000_000L);
            while (perSecond.size() <= second) {
                perSecond.add(0);
            }
            perSecond.set(second, perSecond.get(second) + 1);
            return fails.getAsBoolean()
                    ? CompletableFuture.failedFuture(unavailable)
                    : CompletableFuture.completedFuture(issued());
        }

        private IssuedToken issued() {
            AccessToken token = AccessToken.of(
                    "t" + requests,
                    TokenType.BEARER,
                    Scope.none(),
                    time.instant(),
                    time.instant().plus(LIFE));
            return new IssuedToken(token, time.getAsLong());
        }

        int sum(int from, int to) {
            return perSecond.subList(from, Math.min(to, perSecond.size())).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        int peak(int from, int to) {
            return perSecond.subList(from, Math.min(to, perSecond.size())).stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
        }
    }

    /** A client on a machine of its own: its own cache, retries and dice. */
    private CachingTokenSource client() {
        Time clock = Time.system().withClock(time).withTicker(time).withScheduler(time.scheduler());
        Engine engine =
                new Engine(clock, new DirectExecutor(), random::nextDouble, new Events(null), new AtomicBoolean());
        TokenKey key = TokenKey.of("https://auth.example.com/token", "c", ClientCredentialsGrant.TYPE);
        TokenStage stage = RetryingStage.create(server, new RetryPolicy(3), new RetryBudget(clock), engine);
        return new CachingTokenSource(
                key, stage, new CachingTokenSource.Refresh(Duration.ofMinutes(5), Duration.ofMinutes(1)), engine);
    }

    private List<CachingTokenSource> fleet() {
        List<CachingTokenSource> fleet = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            fleet.add(client());
        }
        return fleet;
    }

    private void run(List<CachingTokenSource> fleet, Duration span) {
        for (long ticks = span.dividedBy(TICK); ticks > 0; ticks--) {
            fleet.forEach(CachingTokenSource::tokenAsync);
            time.advance(TICK);
        }
    }

    @Test
    void longOutage_thousandClients_recoverSpreadOutAndServerIsNotHammered() {
        // F-12: at its end nobody comes all at once. Those who wait are spread over the longest pause, 8 s.
        List<CachingTokenSource> fleet = fleet();
        for (int i = 0; i < CLIENTS; i++) {
            fleet.get(i).tokenAsync();
            time.advance(LIFE.dividedBy(CLIENTS));
        }
        run(fleet, Duration.ofMinutes(5));
        server.fails = () -> true;
        int outage = server.perSecond.size();
        run(fleet, Duration.ofMinutes(10));
        server.fails = () -> false;
        int recovery = server.perSecond.size();
        run(fleet, Duration.ofMinutes(1));

        double evenly = CLIENTS / 8.0;
        assertThat(server.peak(outage, recovery)).as("while it is down").isLessThan((int) (2 * evenly));
        assertThat(server.peak(recovery, recovery + 60)).as("when it is back").isLessThan((int) (2 * evenly));
        assertThat(server.sum(recovery, recovery + 60)).as("one request each").isBetween(CLIENTS, CLIENTS + 5);
        assertThat(fleet).allSatisfy(client -> assertThat(client.tokenAsync()).isCompleted());
    }

    @Test
    void outageOfLongAgo_isNoReasonNotToTryAgain() {
        server.fails = () -> true;
        CachingTokenSource client = client();
        client.tokenAsync();
        time.advance(Duration.ofSeconds(30));
        int before = server.requests;
        time.advance(Duration.ofHours(1));

        server.fails = () -> server.requests == before + 1;
        CompletableFuture<AccessToken> token = client.tokenAsync();
        time.advance(Duration.ofSeconds(5));

        assertThat(token).isCompleted();
        assertThat(server.requests - before).isEqualTo(2);
    }

    @Test
    void flappingServer_threeOfFourFail_callsSucceedWithFewRequests() {
        // F-11: 990 of 1000 calls succeed, with 4.5 requests each or fewer.
        server.fails = () -> server.requests % 4 != 0;
        CachingTokenSource client = client();
        int succeeded = 0;
        for (int call = 0; call < 1000; call++) {
            CompletableFuture<AccessToken> token = client.tokenAsync();
            time.advance(Duration.ofSeconds(5));
            succeeded += token.isDone() && !token.isCompletedExceptionally() ? 1 : 0;
            time.advance(LIFE);
        }
        assertThat(succeeded).isGreaterThanOrEqualTo(990);
        assertThat(server.requests / 1000.0).isLessThanOrEqualTo(4.5);
    }

    @Test
    void outageWithoutToken_callsFailAtOnce_andAreAllButFree() {
        // F-06: with the cause, within 50 ms; F-13: far fewer requests than calls.
        server.fails = () -> true;
        CachingTokenSource client = client();
        client.tokenAsync();
        time.advance(Duration.ofSeconds(5));
        int calls = 0;
        List<Long> nanos = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            for (int call = 0; call < 100; call++, calls++) {
                long start = System.nanoTime();
                CompletableFuture<AccessToken> token = client.tokenAsync();
                nanos.add(System.nanoTime() - start);
                assertThat(token.isDone() == token.isCompletedExceptionally()).isTrue();
            }
            time.advance(Duration.ofSeconds(1));
        }
        nanos.sort(null);
        assertThat(nanos.get(calls / 2)).isLessThan(Duration.ofMillis(50).toNanos());
        assertThat(server.requests).isLessThan(calls / 10);
    }
}
