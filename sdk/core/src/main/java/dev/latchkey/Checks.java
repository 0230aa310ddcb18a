package dev.latchkey;

import java.time.Duration;
import java.util.Objects;
import okhttp3.HttpUrl;

/** Checks of single settings. Each message names the setting and the remedy; none shows a secret. */
final class Checks {
    /** Time-outs are no finer than this. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Checks() {}

    static String clientId(String clientId) {
        if (Objects.requireNonNull(clientId, "clientId").isBlank()) {
            throw new IllegalArgumentException(
                    "clientId: blank; set the identifier from the provider's page (was its environment variable set?)");
        }
        return withoutControls("clientId", clientId);
    }

    static String userId(String userId) {
        if (Objects.requireNonNull(userId, "userId").isBlank()) {
            throw new IllegalArgumentException("userId: blank; give the application's own id of the user");
        }
        return userId;
    }

    static String clientSecret(String clientSecret) {
        if (Objects.requireNonNull(clientSecret, "clientSecret").isBlank()) {
            throw new IllegalArgumentException(
                    "clientSecret: blank; set the secret from the provider's page (was its environment variable set?)");
        }
        return withoutControls("clientSecret", clientSecret);
    }

    private static String withoutControls(String setting, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        setting + ": has a line break or another control character; strip() what was read from a file");
            }
        }
        return value;
    }

    static Duration time(String setting, Duration value, Duration longest) {
        Objects.requireNonNull(value, setting);
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    setting + ": " + value + " is not above zero and at most " + longest + "; set such a time");
        }
        return value;
    }

    /** User code may hand over a URL that the JDK takes and OkHttp does not. */
    static void url(String setting, String url) {
        if (HttpUrl.parse(url) == null) {
            throw new IllegalArgumentException(
                    setting + ": the host is not one that can be called; check its spelling");
        }
    }

    static int atLeastOne(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + ": " + value + " is below 1; set a number from 1");
        }
        return value;
    }

    static int retries(int retries) {
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException(
                    "retries: " + retries + " is not from 0 to 10; set a number in that range");
        }
        return retries;
    }
}
