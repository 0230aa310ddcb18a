package dev.latchkey;

import java.time.Duration;

/** Checks of single settings. Each message names the setting and the remedy; none shows a secret. */
final class Checks {
    private Checks() {}

    static String clientId(String clientId) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException(
                    "clientId: blank; set the identifier from the provider's page (was its environment variable set?)");
        }
        if (clientId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "clientId: has a line break or another control character; strip() what was read from a file");
        }
        return clientId;
    }

    static String clientSecret(String clientSecret) {
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException(
                    "clientSecret: blank; set the secret from the provider's page (was its environment variable set?)");
        }
        return clientSecret;
    }

    static Duration positive(String setting, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(setting + ": " + value + " is not positive; set a time above zero");
        }
        return value;
    }

    static int retries(int retries) {
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException("retries: " + retries + " is not from 0 to 10");
        }
        return retries;
    }
}
