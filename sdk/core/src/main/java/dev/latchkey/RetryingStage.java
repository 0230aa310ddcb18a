package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.token.AccessToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Tries again where the fault allows it and a caller is left without a token. A refresh that runs behind a live token is
 * not tried again here: the pause of {@link Setback} serves it better.
 */
final class RetryingStage implements TokenStage {
    private final TokenStage next;
    private final RetryPolicy policy;
    private final RetryBudget budget;
    private final Engine engine;

    private RetryingStage(TokenStage next, RetryPolicy policy, RetryBudget budget, Engine engine) {
        this.next = next;
        this.policy = policy;
        this.budget = budget;
        this.engine = engine;
    }

    static TokenStage create(TokenStage next, RetryPolicy policy, RetryBudget budget, Engine engine) {
        return policy.retries() == 0 ? next : new RetryingStage(next, policy, budget, engine);
    }

    @Override
    public CompletableFuture<IssuedToken> request(BooleanSupplier callersWait) {
        return attempt(1, callersWait);
    }

    @Override
    public void served(AccessToken token) {
        next.served(token);
    }

    private CompletableFuture<IssuedToken> attempt(int number, BooleanSupplier callersWait) {
        return next.request(callersWait).exceptionallyCompose(thrown -> {
            Throwable error = unwrapped(thrown);
            Optional<Duration> pause = pauseAfter(number, error, callersWait);
            return pause.isEmpty()
                    ? CompletableFuture.failedFuture(error)
                    : engine.later(pause.get()).thenCompose(ignored -> again(number + 1, callersWait, error));
        });
    }

    /** The callers may have gone during the pause, as they do when the manager is closed. */
    private CompletableFuture<IssuedToken> again(int number, BooleanSupplier callersWait, Throwable error) {
        return callersWait.getAsBoolean() ? attempt(number, callersWait) : CompletableFuture.failedFuture(error);
    }

    private Optional<Duration> pauseAfter(int failures, Throwable error, BooleanSupplier callersWait) {
        if (!(error instanceof OAuthException failure) || !callersWait.getAsBoolean()) {
            return Optional.empty();
        }
        return policy.pauseAfter(failures, failure, engine.random().getAsDouble())
                .filter(pause -> budget.take());
    }

    static Throwable unwrapped(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
