package dev.latchkey.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The server's own keys, newest first: the present one, and the one before it, which is published a while longer. */
final class SigningKeys {

    private static final int BITS = 2048;
    private static final int PUBLISHED = 2;

    private final ReentrantLock lock = new ReentrantLock();

    /** Made when first asked for: most tests need none, and a key takes longer than they do. */
    private final List<JWK> keys = new ArrayList<>();

    RSAKey present() {
        lock.lock();
        try {
            if (keys.isEmpty()) {
                keys.add(generate());
            }
            return keys.get(0).toRSAKey();
        } finally {
            lock.unlock();
        }
    }

    void rotate() {
        lock.lock();
        try {
            RSAKey former = present();
            keys.clear();
            keys.add(generate());
            keys.add(former);
        } finally {
            lock.unlock();
        }
    }

    /** The public keys (RFC 7517, section 5). */
    Reply jwkSet() {
        lock.lock();
        try {
            RSAKey unused = present();
            String set = new JWKSet(keys.stream().limit(PUBLISHED).toList())
                    .toPublicJWKSet()
                    .toString();
            return Reply.of(200, "application/json", set.getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(RandomValues.next("key_"))
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("No RSA key can be made", e);
        }
    }
}
