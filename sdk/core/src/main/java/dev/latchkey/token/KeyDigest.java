package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** Digests a key, each part with its length, so that no two keys give the same bytes. */
final class KeyDigest {
    private KeyDigest() {}

    static String of(TokenKey key) {
        MessageDigest digest = sha256();
        add(digest, List.of(key.tokenEndpoint(), key.clientId(), key.grantType(), key.variant()));
        add(digest, key.subject().map(List::of).orElse(List.of()));
        add(digest, new TreeSet<>(key.scope().tokens()));
        add(digest, new TreeSet<>(key.resources()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Collection<String> parts) {
        digest.update((parts.size() + ";").getBytes(StandardCharsets.UTF_8));
        parts.forEach(part -> {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, which every JDK has", e);
        }
    }
}
