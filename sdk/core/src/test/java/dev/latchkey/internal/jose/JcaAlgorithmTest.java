package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed by JCA's names is what nimbus verifies by those of JOSE. */
@Timeout(30)
class JcaAlgorithmTest {
    private static final byte[] INPUT = "header.claims".getBytes(US_ASCII);
    private static final KeyPair RSA = KeyForms.rsa(2048);

    @ParameterizedTest
    @CsvSource({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void sign_rsa_isWhatNimbusVerifies(String algorithm) throws Exception {
        byte[] signature = second(new LocalSigner(algorithm, RSA.getPrivate(), null));

        assertThat(verifies(new RSASSAVerifier((RSAPublicKey) RSA.getPublic()), algorithm, signature))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ES256,secp256r1", "ES384,secp384r1", "ES512,secp521r1"})
    void sign_ec_isWhatNimbusVerifies(String algorithm, String curve) throws Exception {
        KeyPair pair = KeyForms.ec(curve);
        byte[] signature = EcdsaForm.joseForm(algorithm, second(new LocalSigner(algorithm, pair.getPrivate(), null)));

        assertThat(verifies(new ECDSAVerifier((ECPublicKey) pair.getPublic()), algorithm, signature))
                .isTrue();
    }

    /** The one that is made with the object of the first. */
    private static byte[] second(LocalSigner signer) throws GeneralSecurityException {
        signer.sign("another.input".getBytes(US_ASCII));
        return signer.sign(INPUT);
    }

    private static boolean verifies(JWSVerifier verifier, String algorithm, byte[] signature) throws Exception {
        return verifier.verify(new JWSHeader(JWSAlgorithm.parse(algorithm)), INPUT, Base64URL.encode(signature));
    }

    /** Some providers name RSASSA-PSS by its hash, and take no parameters. */
    @ParameterizedTest
    @ValueSource(strings = {"SHA384withRSAandMGF1", "SHA384withRSA/PSS"})
    void signature_providerThatKnowsAnotherNameOnly_isFound(String name) throws Exception {
        byte[] signature = second(new LocalSigner("PS384", RSA.getPrivate(), new OneName(name)));

        assertThat(verifies(new RSASSAVerifier((RSAPublicKey) RSA.getPublic()), "PS384", signature))
                .isTrue();
    }

    @Test
    void signature_providerWithoutTheAlgorithm_saysItsName() {
        JcaAlgorithm algorithm = JcaAlgorithm.of("RS256");

        assertThatThrownBy(() -> algorithm.signature(new OneName("SHA512withRSA")))
                .isInstanceOf(NoSuchAlgorithmException.class)
                .hasMessageContaining("SHA256withRSA");
    }

    @Test
    void of_algorithmOfASecret_isRefused() {
        assertThatThrownBy(() -> JcaAlgorithm.of("HS256"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HS256");
    }

    /** Knows one algorithm, by one name. */
    private static final class OneName extends Provider {
        private static final long serialVersionUID = 1L;

        OneName(String name) {
            super("OneName", "1", "for tests");
            putService(new Service(this, "Signature", name, Delegate.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    try {
                        return new Delegate(JcaAlgorithm.of("PS384").signature(null));
                    } catch (GeneralSecurityException e) {
                        throw new NoSuchAlgorithmException(e);
                    }
                }
            });
        }
    }

    private static final class Delegate extends SigningSpi {
        private final Signature signature;

        Delegate(Signature signature) {
            this.signature = signature;
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
            done(() -> signature.initSign(key));
        }

        @Override
        protected void engineUpdate(byte octet) throws SignatureException {
            signature.update(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
            signature.update(octets, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return signature.sign();
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {
            throw new UnsupportedOperationException();
        }

        private interface Step {
            void run() throws GeneralSecurityException;
        }

        private static void done(Step step) {
            try {
                step.run();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
