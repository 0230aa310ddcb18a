package dev.latchkey;

import dev.latchkey.CachingTokenSource.Refresh;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells whether a stored token is news: one that a sibling fetched, and fresh. */
final class SiblingTokens {
    /** The middle between refreshing early and late. */
    private static final double NO_JITTER = 0.5;

    private final Refresh refresh;
    private final Engine engine;
    /** The token that came through here, or was given out, last: it is no news when the store still has it, not even after a rejection. */
    private final AtomicReference<@Nullable AccessToken> last = new AtomicReference<>();

    SiblingTokens(Refresh refresh, Engine engine) {
        this.refresh = refresh;
        this.engine = engine;
    }

    IssuedToken passed(IssuedToken token) {
        served(token.token());
        return token;
    }

    void served(AccessToken token) {
        last.set(token);
    }

    Optional<IssuedToken> in(@Nullable StoredToken stored) {
        return Optional.ofNullable(stored)
                .flatMap(StoredToken::accessToken)
                .filter(token -> last.get() == null || !token.hasSameValueAs(last.get()))
                .map(this::timed)
                .filter(this::isFresh);
    }

    /** A token of another host is timed by the wall clocks of both. */
    private IssuedToken timed(AccessToken token) {
        Duration age = Duration.between(token.issuedAt(), engine.time().now());
        return new IssuedToken(token, engine.time().nanos() - Math.max(0, age.toNanos()));
    }

    private boolean isFresh(IssuedToken token) {
        var policy = new FreshnessPolicy(refresh.cap(), NO_JITTER);
        return LiveToken.of(token.token(), token.sentNanos(), policy)
                        .at(engine.time().nanos(), engine.time().millis())
                == LiveToken.Freshness.FRESH;
    }
}
