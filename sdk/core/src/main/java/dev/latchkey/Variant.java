package dev.latchkey;

import dev.latchkey.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider adds to every token request, as one text that tells whether two managers ask for the same thing: an
 * audience, a realm, the header of a tenant. A digest, since a value may be secret.
 */
final class Variant {
    private Variant() {}

    /** Empty where nothing is added. */
    static String of(Provider provider) {
        if (provider.tokenParameters().isEmpty() && provider.tokenHeaders().isEmpty()) {
            return "";
        }
        MessageDigest digest = sha256();
        add(digest, provider.tokenParameters());
        add(digest, provider.tokenHeaders());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** For tokens of users, which outlive a change of headers. Empty where nothing is added. */
    static String ofParameters(Provider provider) {
        if (provider.tokenParameters().isEmpty()) {
            return "";
        }
        MessageDigest digest = sha256();
        add(digest, provider.tokenParameters());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Each text with its length, so that no two maps give the same bytes. */
    private static void add(MessageDigest digest, Map<String, String> values) {
        digest.update((values.size() + ";").getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(values)
                .forEach((name, value) -> digest.update(
                        (name.length() + ":" + name + value.length() + ":" + value).getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, which every JDK has", e);
        }
    }
}
