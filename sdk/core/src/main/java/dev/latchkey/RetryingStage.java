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
 * not tried again here, nor what has just failed before, as in an outage: the pause of {@link Setback} serves them better.
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
    public CompletableFuture<IssuedToken> request(BooleanSupplier worthRetrying) {
        return attempt(1, worthRetrying);
    }

    @Override
    public void served(AccessToken token) {
        next.served(token);
    }

    private CompletableFuture<IssuedToken> attempt(int number, BooleanSupplier worthRetrying) {
        return next.request(worthRetrying).exceptionallyCompose(thrown -> {
            Throwable error = unwrapped(thrown);
            Optional<Duration> pause = pauseAfter(number, error, worthRetrying);
            return pause.isEmpty()
                    ? CompletableFuture.failedFuture(error)
                    : engine.later(pause.get()).thenCompose(ignored -> again(number + 1, worthRetrying, error));
        });
    }

    /** The callers may have gone during the pause, as they do when the manager is closed. */
    private CompletableFuture<IssuedToken> again(int number, BooleanSupplier worthRetrying, Throwable error) {
        return worthRetrying.getAsBoolean() ? attempt(number, worthRetrying) : CompletableFuture.failedFuture(error);
    }

    private Optional<Duration> pauseAfter(int failures, Throwable error, BooleanSupplier worthRetrying) {
        if (!(error instanceof OAuthException failure) || !worthRetrying.getAsBoolean()) {
            return Optional.empty();
        }
        return policy.pauseAfter(failures, failure, engine.random().getAsDouble())
                .filter(pause -> budget.take());
    }

    static Throwable unwrapped(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
