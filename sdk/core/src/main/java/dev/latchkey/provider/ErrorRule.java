package dev.latchkey.provider;

import dev.latchkey.error.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's documents say about one of its errors: when it applies, and what to do. Rules are asked in their order,
 * before the general ones.
 *
 * <pre>{@code
 * ErrorRule.of("Register the public key in the dashboard, and save.")
 *         .whenCode("invalid_request").whenDescription("Public key not found").as(ErrorCode.INVALID_CLIENT);
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class ErrorRule {
    private final String remedy;
    private final When when;
    private final Outcome outcome;

    /** What an answer must be like for the rule to apply; null and empty stand for anything. */
    private record When(
            Set<Integer> statuses,
            @Nullable String code,
            @Nullable String description,
            @Nullable String body) {}

    private record Outcome(
            @Nullable ErrorCode meaning, @Nullable Duration retryAfter) {}

    private ErrorRule(String remedy, When when, Outcome outcome) {
        this.remedy = remedy;
        this.when = when;
        this.outcome = outcome;
    }

    /**
     * Makes a rule that applies to every error.
     *
     * @param remedy what to do, in whole sentences
     * @return the rule
     * @throws IllegalArgumentException if the remedy is blank
     */
    public static ErrorRule of(String remedy) {
        if (Objects.requireNonNull(remedy, "remedy").isBlank()) {
            throw new IllegalArgumentException("remedy: blank; say what to do about the error");
        }
        return new ErrorRule(remedy, new When(Set.of(), null, null, null), new Outcome(null, null));
    }

    /**
     * Limits the rule to some statuses.
     *
     * @param anyOf the HTTP statuses it applies to
     * @return the rule
     */
    public ErrorRule whenStatus(Integer... anyOf) {
        return when(new When(new TreeSet<>(Arrays.asList(anyOf)), when.code, when.description, when.body));
    }

    /**
     * Limits the rule to one error code.
     *
     * @param value the code as the server sends it
     * @return the rule
     */
    public ErrorRule whenCode(String value) {
        return when(new When(when.statuses, Objects.requireNonNull(value, "value"), when.description, when.body));
    }

    /**
     * Limits the rule to descriptions that begin with a text.
     *
     * @param start how the description begins; blank for answers without one
     * @return the rule
     */
    public ErrorRule whenDescription(String start) {
        return when(new When(when.statuses, when.code, Objects.requireNonNull(start, "start"), when.body));
    }

    /**
     * Limits the rule to answers whose body has a text, whatever its shape; case does not count.
     *
     * @param part a text somewhere in the body
     * @return the rule
     */
    public ErrorRule whenBody(String part) {
        return when(new When(
                when.statuses,
                when.code,
                when.description,
                Objects.requireNonNull(part, "part").toLowerCase(Locale.ROOT)));
    }

    private ErrorRule when(When limited) {
        return new ErrorRule(remedy, limited, outcome);
    }

    /**
     * Says what the error amounts to, where its own code would mislead: the exception is the one of that code, and still
     * tells the code that was sent.
     *
     * @param meaning the code that says what the error means
     * @return the rule
     */
    public ErrorRule as(ErrorCode meaning) {
        return new ErrorRule(remedy, when, new Outcome(meaning, outcome.retryAfter));
    }

    /**
     * Says how long to wait where the answer does not.
     *
     * @param wait the time to wait
     * @return the rule
     */
    public ErrorRule retryAfter(Duration wait) {
        return new ErrorRule(remedy, when, new Outcome(outcome.meaning, wait));
    }

    /**
     * Tells whether the rule applies.
     *
     * @param status the HTTP status of the answer
     * @param sentCode the error code, or null where there is none
     * @param sentDescription the description, or null where there is none
     * @param sentBody the body as text; may be empty
     * @return whether all its limits are met
     */
    public boolean appliesTo(int status, @Nullable String sentCode, @Nullable String sentDescription, String sentBody) {
        return (when.statuses.isEmpty() || when.statuses.contains(status))
                && (when.code == null || when.code.equals(sentCode))
                && (when.description == null || begins(sentDescription, when.description))
                && (when.body == null || sentBody.toLowerCase(Locale.ROOT).contains(when.body));
    }

    private static boolean begins(@Nullable String description, String start) {
        String text = description == null ? "" : description.strip();
        return start.isBlank() ? text.isEmpty() : text.startsWith(start);
    }

    /** {@return what to do} */
    public String remedy() {
        return remedy;
    }

    /** {@return the statuses the rule applies to; empty for all} */
    public Set<Integer> statuses() {
        return when.statuses;
    }

    /** {@return the code the rule applies to; empty for all} */
    public Optional<String> code() {
        return Optional.ofNullable(when.code);
    }

    /** {@return how the descriptions begin that the rule applies to; empty for all} */
    public Optional<String> description() {
        return Optional.ofNullable(when.description);
    }

    /** {@return what the bodies have in them that the rule applies to, in lower case; empty for all} */
    public Optional<String> body() {
        return Optional.ofNullable(when.body);
    }

    /** {@return what the error amounts to, where that is not its own code} */
    public Optional<ErrorCode> meaning() {
        return Optional.ofNullable(outcome.meaning);
    }

    /** {@return how long to wait where the answer does not say} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(outcome.retryAfter);
    }

    @Override
    public String toString() {
        return "ErrorRule[" + when + "]";
    }
}
