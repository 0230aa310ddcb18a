package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Signs a JWS with a private key. Threads do not wait for each other. */
public final class JwsSigner {

    private final JWSSigner signer;
    private final @Nullable SignatureCheck check;
    private final AtomicBoolean checked = new AtomicBoolean();

    private JwsSigner(JWSSigner signer, @Nullable SignatureCheck check) {
        this.signer = signer;
        this.check = check;
    }

    /** Signs with a key that is at hand, through the given provider or the one the JDK chooses. */
    public static JwsSigner local(String algorithm, KeyMaterial material, @Nullable Provider provider) {
        PrivateKey key = Objects.requireNonNull(material.privateKey(), "privateKey");
        try {
            JWSSigner signer = signer(material.kind(), provider == null ? key : ownOf(provider, key));
            if (provider != null) {
                signer.getJCAContext().setProvider(provider);
            }
            return new JwsSigner(signer, SignatureCheck.of(algorithm, material));
        } catch (JOSEException e) {
            throw KeySource.OBJECT.refuse("it cannot sign " + algorithm + ": " + e.getMessage());
        }
    }

    /** Signs through another party. */
    public static JwsSigner external(String algorithm, KeyMaterial material, RawSigner signer) {
        return new JwsSigner(new DelegatingSigner(algorithm, signer), SignatureCheck.of(algorithm, material));
    }

    /**
     * A JWS in compact form.
     *
     * @throws SignatureException if no signature could be made
     * @throws IllegalStateException if the first signature does not verify
     */
    public String sign(JwsHead head, Map<String, Object> claims) throws SignatureException {
        String input = head.signingInput(claims);
        byte[] octets = input.getBytes(US_ASCII);
        Base64URL signature = sign(head, octets);
        if (check != null && !checked.get()) {
            check.verify(head, octets, signature);
            checked.set(true);
        }
        return input + "." + signature;
    }

    private Base64URL sign(JwsHead head, byte[] octets) throws SignatureException {
        try {
            return signer.sign(head.header(), octets);
        } catch (JOSEException e) {
            Throwable cause = e.getCause();
            throw new SignatureException(e.getMessage(), cause == null ? e : cause);
        } catch (ProviderException e) {
            throw new SignatureException(e.getMessage(), e);
        }
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

    private static JWSSigner signer(KeyKind kind, PrivateKey key) throws JOSEException {
        return switch (kind) {
            case RSA -> new RSASSASigner(key);
            case P_256, P_384, P_521 -> new ECDSASigner(key, kind.curve());
            case ED25519 -> new Ed25519Signer(key);
        };
    }
}
