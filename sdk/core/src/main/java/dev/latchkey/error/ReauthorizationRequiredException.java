package dev.latchkey.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * There is no token for this user, and none can be got without the person: send them to sign in again.
 *
 * <p>Thread-safety: immutable.
 */
public final class ReauthorizationRequiredException extends OAuthException {
    private static final long serialVersionUID = 1L;

    private final transient ReauthorizationReason reason;

    /**
     * Makes the exception.
     *
     * @param reason why
     * @param details all that is known
     * @param cause the refusal of the authorization server, or null where it was not asked
     */
    public ReauthorizationRequiredException(
            ReauthorizationReason reason, ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** {@return why a person must sign in again} */
    public ReauthorizationReason reason() {
        return reason;
    }

    @Override
    public ReauthorizationRequiredException rethrown() {
        return new ReauthorizationRequiredException(reason, details(), this);
    }
}
