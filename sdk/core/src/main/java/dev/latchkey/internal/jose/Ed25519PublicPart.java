package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the public part of an Ed25519 key. The JDK offers no way to it but its key generator, which computes the
 * public part of whatever private part its source of randomness yields: so it is fed the private part. Whether it took
 * it is checked, and the public part is unknown if not.
 */
final class Ed25519PublicPart {

    private Ed25519PublicPart() {}

    static @Nullable PublicKey of(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElse(null);
        if (seed == null) {
            return null;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Replay(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] taken = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElse(null);
        return Arrays.equals(seed, taken) ? pair.getPublic() : null;
    }

    /** Yields the given bytes, once for each request. */
    private static final class Replay extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        Replay(byte[] bytes) {
            super();
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
        }
    }
}
