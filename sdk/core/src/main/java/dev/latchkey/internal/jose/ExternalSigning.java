package dev.latchkey.internal.jose;

/** Signs with a private key that only another party knows. */
@FunctionalInterface
public interface ExternalSigning {

    /** A signature of the bytes; for ECDSA as R and S side by side or in DER. */
    byte[] sign(byte[] signingInput) throws Exception;
}
