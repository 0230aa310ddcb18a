package dev.latchkey.error;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anything that can go wrong between a program and an OAuth-protected API, as one sealed family.
 *
 * <p>It is an {@link IOException} because that is what an OkHttp interceptor may throw and what an asynchronous call hands
 * to {@code onFailure}. A type exists where a caller would do something different; the rest are accessors. Misuse of the
 * SDK is {@link IllegalArgumentException} or {@link IllegalStateException}, never a member of this family.
 *
 * <p>{@link #getMessage()} is one line that is safe to log: what was tried, where (host and path only), what came back and
 * what to do. Neither it nor any accessor carries a token, a client secret, a key or an assertion of the SDK's.
 *
 * <p>Thread-safety: immutable, but for the stack trace and suppressed exceptions that every {@link Throwable} has.
 */
public abstract sealed class OAuthException extends IOException
        permits TokenRequestException,
                ReauthorizationRequiredException,
                LoginException,
                ApiException,
                InvalidResponseException,
                TransportException,
                TokenStoreException,
                DisallowedOriginException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;

    OAuthException(ErrorDetails details, @Nullable Throwable cause) {
        super(Objects.requireNonNull(details, "details").message(), cause);
        this.details = details;
    }

    /** {@return what to check or do next, in a sentence or a few; never empty} */
    public String remedy() {
        return details.remedy();
    }

    /**
     * {@return whether the same thing, tried again later, may work without anybody changing anything} It says nothing
     * about whether a call that may have been processed is safe to repeat.
     */
    public boolean isRetryable() {
        return details.isRetryable();
    }

    /** {@return how long the server asks to wait, bounded; empty where it did not say} */
    public Optional<Duration> retryAfter() {
        return details.retryAfter();
    }

    /** {@return the id under which the server knows this request, for its support people} */
    public Optional<String> requestId() {
        return details.requestId();
    }

    /** {@return the name of the provider that was spoken to, where it has one} */
    public Optional<String> provider() {
        return details.provider();
    }

    /** {@return all that is known about the failure, as one value} */
    public ErrorDetails details() {
        return details;
    }

    /**
     * Makes a fresh exception of the same type and details, with the stack of the calling thread, and this one as its cause.
     * For a remembered failure that is handed to several callers: each needs its own stack trace.
     *
     * @return a new exception that equals this one in everything but its stack trace and cause
     */
    public abstract OAuthException rethrown();

    /** {@return what Java serialisation writes instead: the message alone, for the details are not made for it} */
    final Object writeReplace() {
        IOException plain = new IOException(getMessage());
        plain.setStackTrace(getStackTrace());
        return plain;
    }
}
