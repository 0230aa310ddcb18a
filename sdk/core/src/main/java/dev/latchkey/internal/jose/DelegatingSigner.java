package dev.latchkey.internal.jose;

import java.security.SignatureException;

/** Signs through another party, and tells what went wrong there. */
final class DelegatingSigner implements RawSigner {

    private final ExternalSigning signer;

    DelegatingSigner(ExternalSigning signer) {
        this.signer = signer;
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignatureException {
        byte[] answer = ask(signingInput);
        if (answer == null || answer.length == 0) {
            throw new SignatureException("the external signer answered without a signature");
        }
        return answer;
    }

    private byte[] ask(byte[] signingInput) throws SignatureException {
        try {
            return signer.sign(signingInput);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SignatureException("the external signer was interrupted", e);
        } catch (Exception e) {
            throw new SignatureException(
                    "the external signer failed with " + e.getClass().getSimpleName(), e);
        }
    }
}
