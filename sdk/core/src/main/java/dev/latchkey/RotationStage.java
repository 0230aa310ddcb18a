package dev.latchkey;

import dev.latchkey.CachingTokenSource.Refresh;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Renews a user's token with the refresh token of the store, which it never loses and never spends twice: one process at a time
 * by a lease, the attempt noted before it begins, its outcome durable before the access token is handed out.
 */
final class RotationStage implements TokenStage {
    private static final Duration LONGEST_LOOK_PAUSE = Duration.ofMillis(200);
    /** Of a lease: whoever is later than this asks for it anew before sending. */
    private static final int SAFE_SHARE = 3;

    private final TokenKey key;
    private final UserStore store;
    private final Issuer issuer;
    private final Terms terms;
    private final Engine engine;
    private final SiblingTokens siblings;
    private final String owner = UUID.randomUUID().toString();

    /**
     * What it needs to know of its manager.
     *
     * @param provider the provider
     * @param refresh when a token counts as fresh
     * @param lease how long a lease holds; longer than one request takes, so that no two are under way at once
     */
    record Terms(Provider provider, Refresh refresh, Duration lease) {}

    RotationStage(TokenKey key, UserStore store, Issuer issuer, Terms terms, Engine engine) {
        this.key = key;
        this.store = store;
        this.issuer = issuer;
        this.terms = terms;
        this.engine = engine;
        this.siblings = new SiblingTokens(terms.refresh(), engine);
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier callersWait) {
        return engine.supply(this::turn)
                .thenCompose(
                        token -> token.map(CompletableFuture::completedFuture).orElseGet(() -> lookAgain(callersWait)))
                .thenApply(siblings::passed);
    }

    @Override
    public void served(AccessToken token) {
        siblings.served(token);
    }

    private CompletableFuture<IssuedToken> lookAgain(BooleanSupplier callersWait) {
        var pause = Duration.ofNanos(
                (long) (LONGEST_LOOK_PAUSE.toNanos() * engine.random().getAsDouble()));
        return engine.later(pause).thenCompose(ignored -> request(callersWait));
    }

    /** Empty where a sibling is at it: look again later. */
    private Optional<IssuedToken> turn() {
        RuntimeException closed = engine.whyClosed();
        if (closed != null) {
            throw closed;
        }
        try {
            Optional<IssuedToken> sibling = siblings.in(state());
            if (sibling.isPresent()) {
                return sibling;
            }
            long leasedNanos = engine.time().nanos();
            return store.lease(key, owner, terms.lease()) ? underLease(leasedNanos) : Optional.empty();
        } catch (OAuthException e) {
            throw new CompletionException(e);
        }
    }

    private Optional<IssuedToken> underLease(long leasedNanos) throws OAuthException {
        try {
            StoredToken state = state();
            Optional<IssuedToken> sibling = siblings.in(state);
            return sibling.isPresent() ? sibling : new Rotation(state, leasedNanos).run();
        } finally {
            store.release(key, owner);
        }
    }

    /**
     * {@return what is stored} Without a refresh token it ends with its access token. One whose time seems to be over is tried
     * all the same: providers document shorter lives than they grant.
     */
    private StoredToken state() throws OAuthException {
        StoredToken state = store.load(key)
                .orElseThrow(() -> Reauthorization.of(ReauthorizationReason.NOT_SIGNED_IN, terms.provider()));
        if (state.ended().isPresent()) {
            throw Reauthorization.of(state.ended().get(), terms.provider());
        }
        if (state.refreshToken().isEmpty() && siblings.in(state).isEmpty()) {
            throw Reauthorization.of(ReauthorizationReason.EXPIRED, terms.provider());
        }
        return state;
    }

    /** One use of one refresh token, under the lease. */
    private final class Rotation {
        private final RefreshToken refreshToken;
        private final StoredToken state;
        private long leasedNanos;
        /** A request with this token has begun at some time, and nobody knows how it ended. */
        private boolean inDoubt;

        Rotation(StoredToken state, long leasedNanos) {
            this.state = state;
            this.leasedNanos = leasedNanos;
            this.refreshToken = state.refreshToken().orElseThrow();
            this.inDoubt = state.attemptStartedAt().isPresent();
        }

        Optional<IssuedToken> run() throws OAuthException {
            if (!noted()) {
                return Optional.empty();
            }
            try {
                return sent();
            } catch (OAuthException first) {
                if (RefreshFailure.of(first) != RefreshFailure.IN_DOUBT) {
                    throw first;
                }
                // At once, within the grace that many servers give a spent token. With one holder this makes nothing
                // worse:
                // if the server did rotate, nobody has the successor.
                return sent();
            }
        }

        /** Durable before anything is sent. Without the note a crash from here on could not be told from a refusal. */
        private boolean noted() {
            Instant since = state.attemptStartedAt().orElse(engine.time().now());
            try {
                return store.compareAndSet(
                        key,
                        state.generation(),
                        state.next().attemptStartedAt(since).build());
            } catch (TokenStoreException e) {
                return true;
            }
        }

        private Optional<IssuedToken> sent() throws OAuthException {
            if (!stillLeased()) {
                return Optional.empty();
            }
            try {
                return Optional.of(saved(issuer.request(RefreshTokenGrant.of(refreshToken))));
            } catch (OAuthException e) {
                RefreshFailure failure = RefreshFailure.of(e);
                inDoubt |= failure == RefreshFailure.IN_DOUBT;
                if (failure == RefreshFailure.REFUSED) {
                    return siblingOrEnd(e);
                }
                if (!inDoubt) {
                    store.save(key, state.next().attemptStartedAt(null).build(), refreshToken);
                }
                throw e;
            }
        }

        /** Whoever was held up, by a pause of the machine for example, must not send what a sibling may be sending. */
        private boolean stillLeased() throws TokenStoreException {
            long now = engine.time().nanos();
            if (now - leasedNanos < terms.lease().toNanos() / SAFE_SHARE) {
                return true;
            }
            leasedNanos = now;
            return store.lease(key, owner, terms.lease())
                    && store.load(key)
                            .flatMap(StoredToken::refreshToken)
                            .filter(refreshToken::hasSameValueAs)
                            .isPresent();
        }

        private IssuedToken saved(Issuer.Issue issue) throws OAuthException {
            StoredToken stands = store.save(key, successor(issue), refreshToken);
            if (stands.ended().isPresent()) {
                throw Reauthorization.of(stands.ended().get(), terms.provider());
            }
            return issue.token();
        }

        private StoredToken successor(Issuer.Issue issue) {
            @Nullable RefreshToken next = issue.response().refreshToken().orElse(refreshToken);
            boolean same = next.hasSameValueAs(refreshToken);
            Optional<Instant> end = SessionEnd.of(issue, terms.provider());
            return StoredToken.builder(1)
                    .accessToken(issue.token().token())
                    .refreshToken(
                            next,
                            end.or(() -> same ? state.refreshTokenExpiresAt() : Optional.empty())
                                    .orElse(null))
                    .build();
        }

        /** A sibling without a lease, one of an earlier version perhaps, may have been quicker. */
        private Optional<IssuedToken> siblingOrEnd(OAuthException refusal) throws OAuthException {
            ReauthorizationReason reason = whyRefused();
            StoredToken stands =
                    store.save(key, StoredToken.builder(1).ended(reason).build(), refreshToken);
            if (stands.ended().isEmpty()) {
                return Optional.empty();
            }
            throw Reauthorization.of(reason, refusal);
        }

        private ReauthorizationReason whyRefused() {
            if (inDoubt) {
                return ReauthorizationReason.IN_DOUBT;
            }
            boolean over = state.refreshTokenExpiresAt()
                    .filter(end -> !engine.time().now().isBefore(end))
                    .isPresent();
            return over ? ReauthorizationReason.EXPIRED : ReauthorizationReason.REFUSED;
        }
    }
}
