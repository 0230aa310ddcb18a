package dev.latchkey.clientauth;

/**
 * Signs with a private key that this program cannot read: a key management service or a hardware module. Implement its
 * one method, usually as a lambda, and hand it to {@link SigningKey#external}.
 *
 * <pre>{@code
 * SigningKey key = SigningKey.external(JwsAlgorithm.ES256, publicKey, input -> kms.sign("alias/oauth", input));
 * }</pre>
 *
 * <p>The method may block for as long as the token request may wait. What it throws is reported as the cause of the
 * failed token request, so its message must hold no secret.
 *
 * <p>Thread-safety: an implementation must allow calls from several threads at once.
 */
@FunctionalInterface
public interface ExternalSigner {

    /**
     * Signs the bytes of a JWS, hashing included, with the algorithm that was named beside the signer.
     *
     * @param signingInput the encoded header and claims; the signer hashes them itself
     * @return the signature. For ECDSA either R and S side by side (RFC 7518, section 3.4) or DER, as most services
     *     answer
     * @throws Exception when no signature could be made; the token request then fails without being sent
     */
    byte[] sign(byte[] signingInput) throws Exception;
}
