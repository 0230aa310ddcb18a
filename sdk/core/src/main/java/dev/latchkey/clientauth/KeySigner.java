package dev.latchkey.clientauth;

import dev.latchkey.internal.jose.JwsHead;
import dev.latchkey.internal.jose.JwsSigner;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs assertions with one key. The encoded header is kept for the profile it was last made for; two threads that both
 * find it missing make it twice, which is harmless.
 */
final class KeySigner {

    private final SigningKey key;
    private final JwsSigner signer;
    private volatile @Nullable ProfileHead latest;

    private KeySigner(SigningKey key, JwsSigner signer) {
        this.key = key;
        this.signer = signer;
    }

    static KeySigner of(SigningKey key, @Nullable Provider provider) {
        Objects.requireNonNull(key, "key");
        return new KeySigner(key, key.signer(provider));
    }

    /** The same, whenever its key starts. */
    KeySigner always() {
        return new KeySigner(key.withActiveFrom(Instant.MIN), signer);
    }

    SigningKey key() {
        return key;
    }

    AuthenticationParameters authenticate(AuthenticationContext context) throws IOException {
        JwsHead head = headFor(context.profile());
        UnsignedAssertion assertion = UnsignedAssertion.of(context, head);
        return AuthenticationParameters.ofAssertion(context, assertion, sign(head, assertion));
    }

    private String sign(JwsHead head, UnsignedAssertion assertion) throws IOException {
        try {
            return signer.sign(head, assertion.claims());
        } catch (GeneralSecurityException e) {
            throw new IOException("No assertion could be signed with the key " + key + ": " + e.getMessage(), e);
        }
    }

    private JwsHead headFor(AssertionProfile profile) {
        ProfileHead known = latest;
        if (known != null && known.profile == profile) {
            return known.head;
        }
        JwsHead head = AssertionHead.ofKey(key, profile);
        latest = new ProfileHead(profile, head);
        return head;
    }

    private record ProfileHead(AssertionProfile profile, JwsHead head) {}
}
