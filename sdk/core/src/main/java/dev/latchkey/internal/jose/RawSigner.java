package dev.latchkey.internal.jose;

/** Signs somewhere else. */
@FunctionalInterface
public interface RawSigner {

    /** A signature of the bytes; for ECDSA as R and S side by side or in DER. */
    byte[] sign(byte[] signingInput) throws Exception;
}
