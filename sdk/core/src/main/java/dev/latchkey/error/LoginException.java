package dev.latchkey.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person could not be signed in. That a person declined is none: it is an outcome.
 *
 * <p>Thread-safety: immutable.
 */
public final class LoginException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final transient LoginFailure failure;

    /**
     * Makes the exception.
     *
     * @param failure what went wrong
     * @param details all that is known
     */
    public LoginException(LoginFailure failure, ErrorDetails details) {
        this(failure, details, null);
    }

    /**
     * Makes the exception.
     *
     * @param failure what went wrong
     * @param details all that is known
     * @param cause what happened before, or null; must not carry a secret
     */
    public LoginException(LoginFailure failure, ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** {@return what went wrong} */
    public LoginFailure failure() {
        return failure;
    }

    /** {@return the code that the authorization server gave, where it gave one} */
    public Optional<ErrorCode> errorCode() {
        return details().errorCode();
    }

    @Override
    public LoginException rethrown() {
        return new LoginException(failure, details(), this);
    }
}
