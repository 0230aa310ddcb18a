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

    /** RFC 6749, section 4.1.1; what is refused is told by redirect. */
    static void responseTypeCode(AuthorizationRequest request) {
        request.repeated().ifPresent(name -> {
            throw Refusal.invalidRequest("The parameter " + name + " is repeated");
        });
        String type = request.parameter("response_type")
                .orElseThrow(() -> Refusal.invalidRequest("The parameter response_type is missing"));
        if (!type.equals("code")) {
            throw Refusal.of("unsupported_response_type", "response_type must be code, but is " + type);
        }
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
