package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Signs a JWS with a private key. Threads do not wait for each other. */
public final class JwsSigner {

    private final String algorithm;
    private final RawSigner signer;
    private final @Nullable SignatureCheck check;
    /** How many signatures: one with a new JCA object, and one with that of the first. */
    private final AtomicInteger toCheck = new AtomicInteger(2);

    private JwsSigner(String algorithm, KeyMaterial material, RawSigner signer) {
        this.algorithm = algorithm;
        this.signer = signer;
        this.check = SignatureCheck.of(algorithm, material);
    }

    /** Signs with a key that is at hand, through the given provider or the one the JDK chooses. */
    public static JwsSigner local(String algorithm, KeyMaterial material, @Nullable Provider provider) {
        PrivateKey key = Objects.requireNonNull(material.privateKey(), "privateKey");
        return new JwsSigner(algorithm, material, new LocalSigner(algorithm, key, provider));
    }

    /** Signs through another party. */
    public static JwsSigner external(String algorithm, KeyMaterial material, ExternalSigning signer) {
        return new JwsSigner(algorithm, material, new DelegatingSigner(signer));
    }

    /**
     * A JWS in compact form.
     *
     * @throws SignatureException if no signature could be made
     * @throws IllegalStateException if one of the first two signatures does not verify
     */
    public String sign(JwsHead head, Map<String, Object> claims) throws SignatureException {
        String input = head.signingInput(claims);
        byte[] octets = input.getBytes(US_ASCII);
        byte[] signature = signature(octets);
        if (check != null && toCheck.get() > 0) {
            check.verify(octets, signature);
            toCheck.decrementAndGet();
        }
        return JwsHead.joined(input, signature);
    }

    private byte[] signature(byte[] octets) throws SignatureException {
        try {
            return EcdsaForm.joseForm(algorithm, signer.sign(octets));
        } catch (SignatureException e) {
            throw e;
        } catch (JOSEException e) {
            throw new SignatureException(e.getMessage(), e);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SignatureException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
