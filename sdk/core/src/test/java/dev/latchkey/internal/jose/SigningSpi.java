package dev.latchkey.internal.jose;

import java.security.PublicKey;
import java.security.SignatureSpi;

/** What a provider of a test need not do: to verify, and to take parameters. */
abstract class SigningSpi extends SignatureSpi {
    @Override
    protected final void engineInitVerify(PublicKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected final boolean engineVerify(byte[] octets) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected final void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected final Object engineGetParameter(String name) {
        throw new UnsupportedOperationException();
    }
}
