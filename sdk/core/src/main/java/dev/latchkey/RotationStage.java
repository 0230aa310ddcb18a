package dev.latchkey;

import dev.latchkey.CachingTokenSource.Refresh;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.error.TransportException;
import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.StoredToken;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Renews a user's token with the refresh token of the store, which it never loses and never spends twice: one process at a time
 * by a lease, the attempt noted before it begins, its outcome durable before the access token is handed out.
 */
final class RotationStage implements TokenStage {
    private static final Duration LONGEST_LOOK_PAUSE = Duration.ofMillis(200);

    private final TokenKey key;
    private final UserStore store;
    private final Issuer issuer;
    private final Terms terms;
    private final Engine engine;
    private final SiblingTokens siblings;

    /**
     * What it needs to know of its manager.
     *
     * @param provider the provider
     * @param refresh when a token counts as fresh
     * @param lease how long a lease is held
     * @param discard gives up a token at the server that nobody will use
     */
    record Terms(Provider provider, Refresh refresh, HeldLease.Terms lease, Consumer<StoredToken> discard) {}

    RotationStage(TokenKey key, UserStore store, Issuer issuer, Terms terms, Engine engine) {
        this.key = key;
        this.store = store;
        this.issuer = issuer;
        this.terms = terms;
        this.engine = engine;
        this.siblings = new SiblingTokens(terms.refresh(), engine);
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying) {
        return requestUntil(engine.time().nanos() + terms.refresh().timeout().toNanos());
    }

    @Override
    public void served(AccessToken token) {
        siblings.served(token);
    }

    private CompletableFuture<IssuedToken> requestUntil(long endNanos) {
        return engine.supply(this::turn)
                .thenCompose(
                        token -> token.map(CompletableFuture::completedFuture).orElseGet(() -> lookAgain(endNanos)))
                .thenApply(siblings::passed);
    }

    /** A flight that nobody waits for any more is not to go on for ever. */
    private CompletableFuture<IssuedToken> lookAgain(long endNanos) {
        if (engine.time().nanos() - endNanos >= 0) {
            return CompletableFuture.failedFuture(new TimeoutException());
        }
        var pause = Duration.ofNanos(
                (long) (LONGEST_LOOK_PAUSE.toNanos() * engine.random().getAsDouble()));
        return engine.later(pause).thenCompose(ignored -> requestUntil(endNanos));
    }

    /** Empty where a sibling is at it: look again later. */
    private Optional<IssuedToken> turn() {
        RuntimeException closed = engine.whyClosed();
        if (closed != null) {
            throw closed;
        }
        try {
            StoredToken state = state();
            Optional<IssuedToken> sibling = siblings.in(state);
            if (sibling.isPresent()) {
                return sibling;
            }
            if (state.refreshToken().isEmpty()) {
                return Optional.of(siblings.aliveIn(state)
                        .orElseThrow(() -> Reauthorization.of(ReauthorizationReason.EXPIRED, terms.provider())));
            }
            // Of each turn: one that was given up may still be at it.
            HeldLease lease = store.lease(key, terms.lease());
            return lease == null ? Optional.empty() : underLease(lease);
        } catch (OAuthException e) {
            throw new CompletionException(e);
        }
    }

    private Optional<IssuedToken> underLease(HeldLease lease) throws OAuthException {
        store.landing().begin();
        try {
            StoredToken state = state();
            Optional<IssuedToken> sibling = siblings.in(state);
            return sibling.isPresent() || state.refreshToken().isEmpty() || isAnothers(state)
                    ? sibling
                    : new Rotation(state, lease).run();
        } finally {
            store.release(key, lease);
            store.landing().end();
        }
    }

    /** After an outage of the store, whoever noted the attempt may live, with a successor that could not be written yet. */
    private boolean isAnothers(StoredToken state) {
        return state.attemptStartedAt().isPresent() && store.isSettling() && !store.isUnsaved(key);
    }

    /**
     * {@return what is stored} A refresh token whose time seems to be over is tried all the same: providers document shorter lives
     * than they grant.
     */
    private StoredToken state() throws OAuthException {
        StoredToken state = store.load(key)
                .orElseThrow(() -> Reauthorization.of(ReauthorizationReason.NOT_SIGNED_IN, terms.provider()));
        if (state.ended().isPresent()) {
            throw Reauthorization.of(state.ended().get(), terms.provider());
        }
        return state;
    }

    /** One use of one refresh token, under the lease. */
    private final class Rotation {
        private final RefreshToken refreshToken;
        private final StoredToken state;
        private final HeldLease lease;
        /** A request with this token has begun at some time, and nobody knows how it ended. */
        private boolean inDoubt;

        Rotation(StoredToken state, HeldLease lease) {
            this.state = state;
            this.lease = lease;
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
                return store.note(key, state, since);
            } catch (TokenStoreException e) {
                return true;
            }
        }

        private Optional<IssuedToken> sent() throws OAuthException {
            try {
                return saved(issuer.request(RefreshTokenGrant.of(refreshToken), this::checkLease));
            } catch (OAuthException e) {
                RefreshFailure failure = RefreshFailure.of(e);
                inDoubt |= failure == RefreshFailure.IN_DOUBT;
                if (failure == RefreshFailure.REFUSED) {
                    return siblingOrEnd(e);
                }
                if (!inDoubt && lease.isHeld()) {
                    store.save(key, state.next().attemptStartedAt(null).build(), refreshToken);
                }
                throw e;
            }
        }

        /** Whoever was held up, by a slow signer or a pause of the machine, must not send what a sibling may be sending. */
        private void checkLease() throws TransportException {
            if (!lease.isSafe()) {
                throw new TransportException(ErrorDetails.builder(
                                "Token request (refresh_token)",
                                "nothing was sent, since the way there took "
                                        + lease.heldFor().toMillis() + " ms")
                        .provider(terms.provider().name())
                        .remedy("Look at what holds it up: a slow store, or pauses of this machine.")
                        .retryable(true)
                        .requestSent(false)
                        .build());
            }
        }

        /** Somebody may have signed in or out meanwhile: then what they decided stands. */
        private Optional<IssuedToken> saved(Issuer.Issue issue) throws OAuthException {
            StoredToken successor = successor(issue);
            StoredToken stands = store.save(key, successor, refreshToken).stands();
            RefreshToken next = successor.refreshToken().orElseThrow();
            if (stands.refreshToken().filter(next::hasSameValueAs).isPresent()) {
                return successor
                        .accessToken()
                        .map(token -> new IssuedToken(token, issue.token().sentNanos()));
            }
            if (stands.ended().isPresent()) {
                // Never where a sibling's newer token stands: revoking one token of a family ends them all.
                if (stands.ended().get() == ReauthorizationReason.SIGNED_OUT) {
                    terms.discard().accept(successor);
                }
                throw Reauthorization.of(stands.ended().get(), terms.provider());
            }
            return siblings.in(stands);
        }

        private StoredToken successor(Issuer.Issue issue) {
            RefreshToken next = issue.response().refreshToken().orElse(refreshToken);
            boolean same = next.hasSameValueAs(refreshToken);
            Optional<Instant> end = SessionEnd.of(issue, terms.provider());
            return state.next()
                    .accessToken(scoped(issue))
                    .refreshToken(
                            next,
                            end.or(() -> same ? state.refreshTokenExpiresAt() : Optional.empty())
                                    .orElse(null))
                    .attemptStartedAt(null)
                    .build();
        }

        /** A server that names no scope means the one of before (RFC 6749, section 6). */
        private AccessToken scoped(Issuer.Issue issue) {
            AccessToken token = issue.token().token();
            return issue.response().scope().isPresent()
                    ? token
                    : state.accessToken()
                            .map(before -> AccessToken.of(
                                    token.value(), token.type(), before.scope(), token.issuedAt(), token.expiresAt()))
                            .orElse(token);
        }

        /** A sibling without a lease, one of an earlier version perhaps, may have been quicker. */
        private Optional<IssuedToken> siblingOrEnd(OAuthException refusal) throws OAuthException {
            ReauthorizationReason reason = whyRefused();
            // The refused token stays, so that a sibling who got its successor, and could not write it yet, still can.
            StoredToken end = state.next()
                    .accessToken(null)
                    .attemptStartedAt(null)
                    .ended(reason)
                    .build();
            StoredToken stands = store.save(key, end, refreshToken).stands();
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
