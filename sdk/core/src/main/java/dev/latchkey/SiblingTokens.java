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
    /** The token that came through here last: it is no news when the store still has it, not even after a rejection. */
    private final AtomicReference<@Nullable AccessToken> last = new AtomicReference<>();

    SiblingTokens(Refresh refresh, Engine engine) {
        this.refresh = refresh;
        this.engine = engine;
    }

    IssuedToken passed(IssuedToken token) {
        served(token.token());
        return token;
    }

    /** Also of a token that was given out without coming through here, as after a sign-in. */
    void served(AccessToken token) {
        last.set(token);
    }

    /** {@return a stored token that is news, and not over yet} For a token that nothing can renew. */
    Optional<IssuedToken> aliveIn(StoredToken stored) {
        return stored.accessToken()
                .filter(this::isNews)
                .filter(token -> engine.time().now().isBefore(token.expiresAt()))
                .map(this::timed);
    }

    private boolean isNews(AccessToken token) {
        AccessToken known = last.get();
        return known == null || !token.hasSameValueAs(known);
    }

    Optional<IssuedToken> in(@Nullable StoredToken stored) {
        return Optional.ofNullable(stored)
                .flatMap(StoredToken::accessToken)
                .filter(this::isNews)
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
