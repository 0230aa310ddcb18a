package dev.latchkey.clientauth;

import static dev.latchkey.clientauth.SentAssertion.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.jose.KeyForms;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ExternalSignerTest {

    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair P_256 = KeyForms.ec("secp256r1");

    @ParameterizedTest
    @CsvSource({
        "ES256, secp256r1, SHA256withECDSA",
        "ES256, secp256r1, SHA256withECDSAinP1363Format",
        "ES384, secp384r1, SHA384withECDSA",
        "ES384, secp384r1, SHA384withECDSAinP1363Format",
        "ES512, secp521r1, SHA512withECDSA",
        "ES512, secp521r1, SHA512withECDSAinP1363Format"
    })
    void sign_ecdsaInEitherForm_verifies(JwsAlgorithm algorithm, String curve, String jcaName) throws Exception {
        KeyPair pair = KeyForms.ec(curve);
        SigningKey key = SigningKey.external(algorithm, pair.getPublic(), signer(pair, jcaName));

        assertThat(SentAssertion.by(key).verifiesWith(pair.getPublic())).isTrue();
    }

    @Test
    void sign_rsaAndEd25519_verifies() throws Exception {
        KeyPair edwards = KeyForms.ed25519();
        SigningKey rsaKey = SigningKey.external(JwsAlgorithm.RS256, RSA.getPublic(), signer(RSA, "SHA256withRSA"));
        SigningKey edwardsKey =
                SigningKey.external(JwsAlgorithm.EDDSA, edwards.getPublic(), signer(edwards, "Ed25519"));

        assertThat(SentAssertion.by(rsaKey).verifiesWith(RSA.getPublic())).isTrue();
        assertThat(SentAssertion.by(edwardsKey).verifiesWith(edwards.getPublic()))
                .isTrue();
        assertThat(rsaKey.withKeyId("a").publicJwk()).contains("\"kid\":\"a\"");
    }

    @Test
    void external_algorithmThatTheKeyCannot_isRefused() {
        assertThatThrownBy(() -> SigningKey.external(JwsAlgorithm.ES384, P_256.getPublic(), input -> input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256");
        assertThatThrownBy(() -> SigningKey.external(JwsAlgorithm.HS256, P_256.getPublic(), input -> input))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withAlgorithm_otherThanTheSigners_isRefused() {
        SigningKey key = SigningKey.external(JwsAlgorithm.RS256, RSA.getPublic(), input -> input);

        assertThat(key.withAlgorithm(JwsAlgorithm.RS256).algorithm()).isEqualTo(JwsAlgorithm.RS256);
        assertThatThrownBy(() -> key.withAlgorithm(JwsAlgorithm.PS256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SigningKey.external");
    }

    @Test
    void sign_signerOfAnotherKey_isNotSent() {
        SigningKey key = SigningKey.external(
                JwsAlgorithm.ES256, P_256.getPublic(), signer(KeyForms.ec("secp256r1"), "SHA256withECDSA"));

        assertThatThrownBy(() -> SentAssertion.by(key))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void sign_signerFails_isIoWithItsCause() {
        TimeoutException failure = new TimeoutException("too late");
        SigningKey key = SigningKey.external(JwsAlgorithm.ES256, P_256.getPublic(), input -> {
            throw failure;
        });

        assertThatThrownBy(() -> SentAssertion.by(key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TimeoutException")
                .hasRootCause(failure);
    }

    @Test
    void sign_signerIsInterrupted_keepsTheFlag() {
        SigningKey key = SigningKey.external(JwsAlgorithm.ES256, P_256.getPublic(), input -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> SentAssertion.by(key)).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void sign_uselessAnswer_isIo() {
        for (byte[] answer : new byte[][] {null, {}, {1, 2, 3}}) {
            SigningKey key = SigningKey.external(JwsAlgorithm.ES256, P_256.getPublic(), input -> answer);

            assertThatThrownBy(() -> PrivateKeyJwt.of(key).authenticate(CONTEXT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("signer answered")
                    .hasMessageNotContaining("JOSEException");
        }
    }

    /** V-30 asks for the first one only; the second shows whether a signer can be used again. Later ones are as quick as it is. */
    @Test
    void sign_afterTheFirstTwo_isNotVerifiedAgain() throws Exception {
        byte[][] answers = {null, new byte[64]};
        ExternalSigner good = signer(P_256, "SHA256withECDSA");
        SigningKey key = SigningKey.external(
                JwsAlgorithm.ES256, P_256.getPublic(), input -> answers[0] == null ? good.sign(input) : answers[1]);
        PrivateKeyJwt method = PrivateKeyJwt.of(key);

        method.authenticate(CONTEXT);
        answers[0] = answers[1];
        assertThatThrownBy(() -> method.authenticate(CONTEXT)).isInstanceOf(IllegalStateException.class);
        answers[0] = null;
        method.authenticate(CONTEXT);
        answers[0] = answers[1];

        assertThat(SentAssertion.of(method.authenticate(CONTEXT)).signature()).isEqualTo(answers[1]);
    }

    @Test
    void external_foreignPublicKeyObject_isUnderstood() throws Exception {
        SigningKey key = SigningKey.external(
                JwsAlgorithm.ES256, new ForeignPublicKey(P_256.getPublic()), signer(P_256, "SHA256withECDSA"));

        assertThat(SentAssertion.by(key).verifiesWith(P_256.getPublic())).isTrue();
        assertThatThrownBy(() -> SigningKey.external(JwsAlgorithm.ES256, new ForeignPublicKey(null), input -> input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("what kind of key");
    }

    private static ExternalSigner signer(KeyPair pair, String jcaName) {
        return input -> {
            Signature signature = Signature.getInstance(jcaName);
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        };
    }

    /** A public key of a provider that does not implement the interfaces of the JDK. */
    private record ForeignPublicKey(PublicKey key) implements PublicKey {

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return key == null ? null : key.getEncoded();
        }
    }
}
