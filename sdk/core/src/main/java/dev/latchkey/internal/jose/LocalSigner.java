package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a private key that is at hand. Threads do not wait for each other: a thread takes the JCA object that lies ready, or
 * makes one where another thread has it.
 */
final class LocalSigner implements RawSigner {

    private final JcaAlgorithm algorithm;
    private final PrivateKey key;
    private final @Nullable Provider provider;

    /**
     * Ready for the next signature, as {@link Signature#sign()} promises. To begin anew each time costs a hundredth of a quick
     * signature.
     */
    private final AtomicReference<@Nullable Signature> ready = new AtomicReference<>();

    /** Signs through the given provider, or the one that the JDK chooses for the key. */
    LocalSigner(String algorithm, PrivateKey key, @Nullable Provider provider) {
        this.algorithm = JcaAlgorithm.of(algorithm);
        this.key = provider == null ? key : ownOf(provider, key);
        this.provider = provider;
    }

    /** The key as the provider itself would have made it: otherwise it is translated anew for each signature. */
    private static PrivateKey ownOf(Provider provider, PrivateKey key) {
        try {
            KeyFactory factory = KeyFactory.getInstance(key.getAlgorithm(), provider);
            return factory.translateKey(key) instanceof PrivateKey own ? own : key;
        } catch (GeneralSecurityException | ProviderException e) {
            return key;
        }
    }

    @Override
    public byte[] sign(byte[] signingInput) throws GeneralSecurityException {
        Signature used = ready.getAndSet(null);
        if (used != null) {
            try {
                return signed(used, signingInput);
            } catch (SignatureException | ProviderException e) {
                // Not every provider keeps that promise, and sessions with a hardware module end: begin anew.
            }
        }
        Signature signature = algorithm.signature(provider);
        signature.initSign(key);
        return signed(signature, signingInput);
    }

    private byte[] signed(Signature signature, byte[] signingInput) throws SignatureException {
        signature.update(signingInput);
        byte[] signed = signature.sign();
        ready.set(signature);
        return signed;
    }
}
