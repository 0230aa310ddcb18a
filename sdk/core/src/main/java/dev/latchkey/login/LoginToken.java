package dev.latchkey.login;

import java.util.Objects;

/**
 * The token that name and password bring in API mode. It shows who agrees in the step in which the person does, and is good
 * for nothing else: no API takes it.
 *
 * <p>Thread-safety: immutable.
 */
public final class LoginToken {
    private final String value;

    private LoginToken(String value) {
        this.value = value;
    }

    /**
     * Makes a login token.
     *
     * @param value the token as the server gave it
     * @return the token
     */
    public static LoginToken of(String value) {
        return new LoginToken(Objects.requireNonNull(value, "value"));
    }

    /** {@return the secret itself} */
    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "LoginToken[*****]";
    }
}
