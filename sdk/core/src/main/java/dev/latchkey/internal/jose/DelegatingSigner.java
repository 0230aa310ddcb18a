package dev.latchkey.internal.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/** Signs through another party and brings its answer into the form of a JWS. */
final class DelegatingSigner extends BaseJWSProvider implements JWSSigner {

    private final String algorithm;
    private final RawSigner signer;

    DelegatingSigner(String algorithm, RawSigner signer) {
        super(Set.of(JWSAlgorithm.parse(algorithm)));
        this.algorithm = algorithm;
        this.signer = signer;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
        return Base64URL.encode(EcdsaForm.joseForm(algorithm, answer(signingInput)));
    }

    private byte[] answer(byte[] signingInput) throws JOSEException {
        byte[] answer = ask(signingInput);
        if (answer == null || answer.length == 0) {
            throw new JOSEException("the external signer answered without a signature");
        }
        return answer;
    }

    private byte[] ask(byte[] signingInput) throws JOSEException {
        try {
            return signer.sign(signingInput);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JOSEException("the external signer was interrupted", e);
        } catch (Exception e) {
            throw new JOSEException(
                    "the external signer failed with " + e.getClass().getSimpleName(), e);
        }
    }
}
