package dev.latchkey.internal.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.impl.ECDSA;

/** The two ways to write an ECDSA signature: R and S side by side, as a JWS has it, and DER. */
final class EcdsaForm {

    private static final int SEQUENCE = 0x30;

    private EcdsaForm() {}

    /** The form of RFC 7518, section 3.4; signatures of other algorithms pass unchanged. */
    static byte[] joseForm(String algorithm, byte[] signature) throws JOSEException {
        if (!algorithm.startsWith("ES")) {
            return signature;
        }
        int length = ECDSA.getSignatureByteArrayLength(JWSAlgorithm.parse(algorithm));
        if (isDer(signature)) {
            return ECDSA.transcodeSignatureToConcat(signature, length);
        }
        if (signature.length != length) {
            throw new JOSEException("the signer answered with " + signature.length + " octets for " + algorithm
                    + ", which is neither R and S (" + length + " octets) nor DER");
        }
        return signature;
    }

    /** The DER that JCA verifies, of what {@link #joseForm} gave. */
    static byte[] jcaForm(String algorithm, byte[] signature) throws JOSEException {
        if (!algorithm.startsWith("ES")) {
            return signature;
        }
        ECDSA.ensureLegalSignature(signature, JWSAlgorithm.parse(algorithm));
        return ECDSA.transcodeSignatureToDER(signature);
    }

    /** Whether it is a sequence of exactly two integers. DER as short as R and S side by side needs luck of 1 in 2^48. */
    private static boolean isDer(byte[] octets) {
        if (octets.length < 8 || octets[0] != SEQUENCE) {
            return false;
        }
        int start = (octets[1] & 0xff) == 0x81 ? 3 : 2;
        int length = octets[start - 1] & 0xff;
        int second = start + 2 + octets[start + 1];
        return length == octets.length - start
                && isInteger(octets, start)
                && isInteger(octets, second)
                && second + 2 + octets[second + 1] == octets.length;
    }

    private static boolean isInteger(byte[] octets, int at) {
        return at >= 0 && at + 1 < octets.length && octets[at] == 0x02 && octets[at + 1] > 0;
    }
}
