package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.ExternalSigner;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import java.security.PublicKey;

/** A private key that never leaves a key management service: the service signs, the program only asks. */
public final class KmsSigner {
    private KmsSigner() {}

    /**
     * Makes a token manager whose assertions are signed elsewhere.
     *
     * @param tokenEndpoint the URL of the token endpoint
     * @param publicKey the P-384 public key of the service's key pair
     * @param kms signs, for instance {@code input -> kms.sign(SignRequest.of(keyArn, ECDSA_SHA_384, input)).signature()};
     *     a DER signature, as most services answer, is brought into the form of a JWS
     * @return a token manager
     */
    public static TokenManager tokens(String tokenEndpoint, PublicKey publicKey, ExternalSigner kms) {
        // begin: external signer
        SigningKey key = SigningKey.external(JwsAlgorithm.ES384, publicKey, kms).withKeyId("kms-key-1");
        return TokenManager.builder(tokenEndpoint)
                .clientId("my-client")
                .signingKey(key)
                .build();
        // end: external signer
    }
}
