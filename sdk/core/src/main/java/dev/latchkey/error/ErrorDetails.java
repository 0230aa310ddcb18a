package dev.latchkey.error;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one failure: what was tried, where, what came back and what to do.
 *
 * <p>Every text is bounded and printable: control, format and direction characters are escaped when it is set, so nothing
 * here can forge a line of a log. Masking of secrets is the work of whoever fills it in.
 *
 * <p>Thread-safety: immutable; its builder is not thread-safe.
 */
public final class ErrorDetails {
    private static final int MAX_NAME = 256;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_REMEDY = 4096;
    private static final int MAX_CHALLENGES = 16;

    private final String attempt;
    private final @Nullable String where;
    private final String outcome;
    private final String remedy;
    private final boolean retryable;
    private final boolean requestSent;
    private final int status;
    private final @Nullable Duration retryAfter;
    private final @Nullable String requestId;
    private final @Nullable String provider;
    private final @Nullable ErrorCode errorCode;
    private final @Nullable String description;
    private final @Nullable String errorUri;
    private final @Nullable String bodyExcerpt;
    private final @Nullable ProblemDetails problem;
    private final List<Challenge> challenges;
    private final Map<String, Object> members;

    private ErrorDetails(Builder builder) {
        attempt = builder.attempt;
        where = builder.where;
        outcome = builder.outcome;
        remedy = builder.remedy;
        retryable = builder.retryable;
        requestSent = builder.requestSent;
        status = builder.status;
        retryAfter = builder.retryAfter;
        requestId = builder.requestId;
        provider = builder.provider;
        errorCode = builder.errorCode;
        description = builder.description;
        errorUri = builder.errorUri;
        bodyExcerpt = builder.bodyExcerpt;
        problem = builder.problem;
        challenges = builder.challenges;
        members = builder.members;
    }

    /**
     * Begins the details of a failure.
     *
     * @param attempt what was tried, as the start of a sentence, for example {@code Token request}
     * @param outcome what came of it, as the end of a sentence, for example {@code answered 401 invalid_client}
     * @return a builder
     */
    public static Builder builder(String attempt, String outcome) {
        return new Builder(Objects.requireNonNull(attempt, "attempt"), Objects.requireNonNull(outcome, "outcome"));
    }

    /** {@return a builder that begins with all of these details} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return one line: what was tried, where, what came back, and what to do} */
    public String message() {
        StringBuilder line = new StringBuilder(attempt);
        if (where != null) {
            line.append(" at ").append(where);
        }
        line.append(": ").append(outcome);
        if (requestId != null) {
            line.append(" (request id ").append(requestId).append(')');
        }
        return line.append(". ").append(remedy).toString();
    }

    /** {@return what was tried} */
    public String attempt() {
        return attempt;
    }

    /** {@return where: host and path, or the name of a file; never a query} */
    public Optional<String> where() {
        return Optional.ofNullable(where);
    }

    /** {@return what came of it} */
    public String outcome() {
        return outcome;
    }

    /** {@return what to check or do next; never empty} */
    public String remedy() {
        return remedy;
    }

    /** {@return whether trying again later may help} */
    public boolean isRetryable() {
        return retryable;
    }

    /** {@return false where the request certainly reached no server} */
    public boolean requestSent() {
        return requestSent;
    }

    /** {@return the HTTP status, 0 where there was no answer} */
    public int status() {
        return status;
    }

    /** {@return how long the server asks to wait} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return the server's id of the request} */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** {@return the name of the provider} */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** {@return the error code} */
    public Optional<ErrorCode> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /** {@return the server's description} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return the address of a page about the error, as text} */
    public Optional<String> errorUri() {
        return Optional.ofNullable(errorUri);
    }

    /** {@return the start of the body} */
    public Optional<String> bodyExcerpt() {
        return Optional.ofNullable(bodyExcerpt);
    }

    /** {@return the problem details} */
    public Optional<ProblemDetails> problem() {
        return Optional.ofNullable(problem);
    }

    /** {@return the challenges; may be empty} */
    public List<Challenge> challenges() {
        return challenges;
    }

    /** {@return the members of the body; may be empty} */
    public Map<String, Object> members() {
        return members;
    }

    /** {@return the same as {@link #message()}} */
    @Override
    public String toString() {
        return message();
    }

    /**
     * Collects the details of one failure.
     *
     * <p>Thread-safety: none; use one builder in one thread.
     */
    public static final class Builder {
        private final String attempt;
        private String outcome;
        private @Nullable String where;
        private String remedy = "Look at the cause, and try again once it is gone.";
        private boolean retryable;
        private boolean requestSent = true;
        private int status;
        private @Nullable Duration retryAfter;
        private @Nullable String requestId;
        private @Nullable String provider;
        private @Nullable ErrorCode errorCode;
        private @Nullable String description;
        private @Nullable String errorUri;
        private @Nullable String bodyExcerpt;
        private @Nullable ProblemDetails problem;
        private List<Challenge> challenges = List.of();
        private Map<String, Object> members = Map.of();

        private Builder(String attempt, String outcome) {
            this.attempt = Printable.escape(attempt, MAX_NAME);
            this.outcome = Printable.escape(outcome, MAX_TEXT);
        }

        private Builder(ErrorDetails from) {
            attempt = from.attempt;
            outcome = from.outcome;
            where = from.where;
            remedy = from.remedy;
            retryable = from.retryable;
            requestSent = from.requestSent;
            status = from.status;
            retryAfter = from.retryAfter;
            requestId = from.requestId;
            provider = from.provider;
            errorCode = from.errorCode;
            description = from.description;
            errorUri = from.errorUri;
            bodyExcerpt = from.bodyExcerpt;
            problem = from.problem;
            challenges = from.challenges;
            members = from.members;
        }

        /**
         * Sets what came of it, in place of what the builder began with.
         *
         * @param text the end of a sentence, without its full stop
         * @return this builder
         */
        public Builder outcome(String text) {
            outcome = Printable.escape(Objects.requireNonNull(text, "text"), MAX_TEXT);
            return this;
        }

        /**
         * Sets where it was tried. Default: not known.
         *
         * @param place host and path, or the name of a file; never a query or fragment; null and blank for none
         * @return this builder
         */
        public Builder where(@Nullable String place) {
            where = Printable.text(place, MAX_TEXT);
            return this;
        }

        /**
         * Sets what to check or do next. Default: to look at the cause.
         *
         * @param text whole sentences; null and blank keep what was set before
         * @return this builder
         */
        public Builder remedy(@Nullable String text) {
            String next = Printable.text(text, MAX_REMEDY);
            remedy = next == null ? remedy : next;
            return this;
        }

        /**
         * Sets whether trying again later may help. Default: false.
         *
         * @param value whether it may
         * @return this builder
         */
        public Builder retryable(boolean value) {
            retryable = value;
            return this;
        }

        /**
         * Sets whether the request may have reached a server. Default: true, the careful answer.
         *
         * @param value false only where it certainly did not
         * @return this builder
         */
        public Builder requestSent(boolean value) {
            requestSent = value;
            return this;
        }

        /**
         * Sets the HTTP status. Default: 0, for no answer.
         *
         * @param value the status
         * @return this builder
         */
        public Builder status(int value) {
            status = value;
            return this;
        }

        /**
         * Sets how long the server asks to wait. Default: it did not say.
         *
         * @param value the time from now; null for none
         * @return this builder
         */
        public Builder retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }

        /**
         * Sets the server's id of the request. Default: none.
         *
         * @param value the id; null and blank for none
         * @return this builder
         */
        public Builder requestId(@Nullable String value) {
            requestId = Printable.text(value, MAX_NAME);
            return this;
        }

        /**
         * Sets the name of the provider. Default: none.
         *
         * @param name the name; null and blank for none
         * @return this builder
         */
        public Builder provider(@Nullable String name) {
            provider = Printable.text(name, MAX_NAME);
            return this;
        }

        /**
         * Sets the error code. Default: none.
         *
         * @param code the code; null for none
         * @return this builder
         */
        public Builder errorCode(@Nullable ErrorCode code) {
            errorCode = code;
            return this;
        }

        /**
         * Sets the server's description. Default: none.
         *
         * @param text the description; null and blank for none
         * @return this builder
         */
        public Builder description(@Nullable String text) {
            description = Printable.text(text, MAX_TEXT);
            return this;
        }

        /**
         * Sets the address of a page about the error. Default: none.
         *
         * @param text the address; null and blank for none
         * @return this builder
         */
        public Builder errorUri(@Nullable String text) {
            errorUri = Printable.text(text, MAX_TEXT);
            return this;
        }

        /**
         * Sets the start of the body. Default: none.
         *
         * @param text the body, of which 1024 characters are kept; null and blank for none
         * @return this builder
         */
        public Builder bodyExcerpt(@Nullable String text) {
            bodyExcerpt = Printable.text(text, MAX_TEXT);
            return this;
        }

        /**
         * Sets the problem details. Default: none.
         *
         * @param value the problem details; null for none
         * @return this builder
         */
        public Builder problem(@Nullable ProblemDetails value) {
            problem = value;
            return this;
        }

        /**
         * Sets the challenges. Default: none.
         *
         * @param list the challenges, of which 16 are kept
         * @return this builder
         */
        public Builder challenges(List<Challenge> list) {
            challenges = list.stream().limit(MAX_CHALLENGES).toList();
            return this;
        }

        /**
         * Sets the members of the body. Default: none.
         *
         * @param map texts, numbers, booleans, lists and maps of these; bounded in number, depth and size, nulls left out
         * @return this builder
         */
        public Builder members(Map<String, ? extends @Nullable Object> map) {
            members = Members.copy(Objects.requireNonNull(map, "map"));
            return this;
        }

        /** {@return the details} */
        public ErrorDetails build() {
            return new ErrorDetails(this);
        }
    }
}
