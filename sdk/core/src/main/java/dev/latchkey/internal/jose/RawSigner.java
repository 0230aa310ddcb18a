package dev.latchkey.internal.jose;

import java.security.GeneralSecurityException;

/** Makes a bare signature. */
interface RawSigner {

    /** A signature of the bytes; for ECDSA as R and S side by side or in DER. */
    byte[] sign(byte[] signingInput) throws GeneralSecurityException;
}
