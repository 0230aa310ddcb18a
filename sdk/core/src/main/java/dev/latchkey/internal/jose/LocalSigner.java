package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** Signs with a private key that is at hand. Each signature has a JCA object of its own, so that threads do not wait for each other. */
final class LocalSigner implements RawSigner {

    private final JcaAlgorithm algorithm;
    private final PrivateKey key;
    private final @Nullable Provider provider;

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
        Signature signature = algorithm.signature(provider);
        signature.initSign(key);
        signature.update(signingInput);
        return signature.sign();
    }
}
