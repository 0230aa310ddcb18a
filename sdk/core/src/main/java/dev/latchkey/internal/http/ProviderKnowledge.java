package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one provider's documents say about its errors. It is asked before the general rules and wins over them. */
@FunctionalInterface
public interface ProviderKnowledge {
    /** Knows nothing: the general rules decide. */
    ProviderKnowledge NONE = (status, code, description) -> Optional.empty();

    /**
     * Judges an error.
     *
     * @param status the HTTP status
     * @param code the code that was sent, or null
     * @param description the description, masked, or null
     * @return the verdict, where these documents know the error
     */
    Optional<Verdict> judge(int status, @Nullable ErrorCode code, @Nullable String description);

    /**
     * What an error of one provider means. Each part may be null, and the general rule then stands.
     *
     * @param remedy what to do, in whole sentences
     * @param treatAs the code whose exception type this error is; the code that was sent is kept in the exception
     * @param retryAfter how long to wait where the answer does not say
     */
    record Verdict(
            @Nullable String remedy,
            @Nullable ErrorCode treatAs,
            @Nullable Duration retryAfter) {
        static final Verdict NONE = new Verdict(null, null, null);
    }
}
