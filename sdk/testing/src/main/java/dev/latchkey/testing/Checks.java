package dev.latchkey.testing;

import java.time.Duration;
import java.util.Objects;

/** Checks of arguments; each message names the argument. */
final class Checks {

    private Checks() {}

    static Duration notNegative(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
        return value;
    }

    static String notBlank(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }

    static int atLeast(int least, int value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more, but is " + value);
        }
        return value;
    }

    static String path(String value, String name) {
        if (!Objects.requireNonNull(value, name).isEmpty() && (!value.startsWith("/") || value.endsWith("/"))) {
            throw new IllegalArgumentException(
                    name + " must start with a slash and not end with one, or be empty, but is " + value);
        }
        return value;
    }
}
