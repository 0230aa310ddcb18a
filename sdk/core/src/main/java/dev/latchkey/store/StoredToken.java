package dev.latchkey.store;

import dev.latchkey.token.AccessToken;
import java.util.Objects;

/**
 * A token as a store keeps it: with the number of tokens that came before it for the same key, so that an older one never
 * takes the place of a newer.
 *
 * <p>Thread-safety: immutable.
 */
public final class StoredToken {
    private final AccessToken accessToken;
    private final long generation;

    private StoredToken(AccessToken accessToken, long generation) {
        this.accessToken = accessToken;
        this.generation = generation;
    }

    /**
     * Makes a stored token.
     *
     * @param accessToken the token
     * @param generation its number, from 1
     * @return the stored token
     * @throws IllegalArgumentException if the generation is below 1
     */
    public static StoredToken of(AccessToken accessToken, long generation) {
        if (generation < 1) {
            throw new IllegalArgumentException("generation: " + generation + " is below 1");
        }
        return new StoredToken(Objects.requireNonNull(accessToken, "accessToken"), generation);
    }

    /** {@return the token} */
    public AccessToken accessToken() {
        return accessToken;
    }

    /** {@return its number, from 1} */
    public long generation() {
        return generation;
    }

    @Override
    public String toString() {
        return "StoredToken[generation=" + generation + ", " + accessToken + "]";
    }
}
