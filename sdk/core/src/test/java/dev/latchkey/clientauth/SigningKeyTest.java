package dev.latchkey.clientauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.internal.jose.KeyForms;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SigningKeyTest {

    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair P_256 = KeyForms.ec("secp256r1");
    private static final KeyPair P_384 = KeyForms.ec("secp384r1");
    private static final KeyPair P_521 = KeyForms.ec("secp521r1");
    private static final KeyPair ED25519 = KeyForms.ed25519();

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(RSA, JwsAlgorithm.RS384),
                Arguments.of(P_256, JwsAlgorithm.ES256),
                Arguments.of(P_384, JwsAlgorithm.ES384),
                Arguments.of(P_521, JwsAlgorithm.ES512),
                Arguments.of(ED25519, JwsAlgorithm.EDDSA));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void algorithm_notGiven_followsFromTheKey(KeyPair pair, JwsAlgorithm algorithm) {
        assertThat(SigningKey.of(pair).algorithm()).isEqualTo(algorithm);
        assertThat(SigningKey.of(pair.getPrivate()).algorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publicKey_privateGivenAlone_isComputed(KeyPair pair, JwsAlgorithm algorithm) {
        assertThat(SigningKey.of(pair.getPrivate()).publicKey()).contains(pair.getPublic());
    }

    @ParameterizedTest
    @EnumSource(
            value = JwsAlgorithm.class,
            names = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void withAlgorithm_rsa_signsWithEach(JwsAlgorithm algorithm) throws Exception {
        SentAssertion assertion = SentAssertion.by(SigningKey.of(RSA).withAlgorithm(algorithm));

        assertThat(assertion.header()).containsEntry("alg", algorithm.registeredName());
        assertThat(assertion.verifiesWith(RSA.getPublic())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sign_defaultAlgorithm_verifies(KeyPair pair, JwsAlgorithm algorithm) throws Exception {
        assertThat(SentAssertion.by(SigningKey.of(pair)).verifiesWith(pair.getPublic()))
                .isTrue();
    }

    @Test
    void withAlgorithm_p256ForEs384_isRefusedWithBothNamesAndTheRecipe() {
        assertThatThrownBy(() -> SigningKey.of(P_256).withAlgorithm(JwsAlgorithm.ES384))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256")
                .hasMessageContaining("P-384")
                .hasMessageContaining("openssl ecparam -name secp384r1 -genkey");
    }

    @Test
    void withAlgorithm_hmac_isRefused() {
        assertThatThrownBy(() -> SigningKey.of(RSA).withAlgorithm(JwsAlgorithm.HS256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared secret");
    }

    @Test
    void of_shortRsaKey_isRefused() {
        assertThatThrownBy(() -> SigningKey.of(KeyForms.rsa(1024)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024 bits");
    }

    @Test
    void of_pairOfTwoKeys_isRefused() {
        for (KeyPair other : List.of(KeyForms.ec("secp256r1"), P_384, RSA)) {
            assertThatThrownBy(() -> SigningKey.of(new KeyPair(other.getPublic(), P_256.getPrivate())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
        }
    }

    @Test
    void of_pairWithAHiddenKeyOfAnotherAlgorithm_isRefused() {
        for (PrivateKey other : List.of(P_384.getPrivate(), KeyForms.ed25519().getPrivate())) {
            assertThatThrownBy(() -> SigningKey.of(new KeyPair(RSA.getPublic(), HiddenKeys.of(other))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("do not belong together");
        }
    }

    @Test
    void of_keyThatHidesItsKind_needsThePair() {
        PrivateKey hidden = HiddenKeys.of(P_384.getPrivate());

        assertThatThrownBy(() -> SigningKey.of(hidden))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SigningKey.of(KeyPair)");
        assertThat(SigningKey.of(new KeyPair(P_384.getPublic(), hidden)).algorithm())
                .isEqualTo(JwsAlgorithm.ES384);
    }

    @Test
    void of_otherKindOfKey_isRefused() throws Exception {
        KeyPair exchange = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();

        assertThatThrownBy(() -> SigningKey.of(exchange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only RSA, EC");
        assertThatThrownBy(() -> SigningKey.of(ed448))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Ed448");
    }

    @Test
    void of_certificate_isKept() {
        X509Certificate certificate = KeyForms.certificate(P_256);

        SigningKey key = SigningKey.of(P_256.getPrivate(), certificate);

        assertThat(key.certificate()).contains(certificate);
        assertThatThrownBy(() -> SigningKey.of(P_384.getPrivate(), certificate))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withCertificate_ofAnotherKey_isRefused() {
        SigningKey key = SigningKey.of(P_256);

        assertThatThrownBy(() -> key.withCertificate(KeyForms.certificate(KeyForms.ec("secp256r1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "key\n", "a\u0000b", "a\u0085b"})
    void withKeyId_blankOrControlCharacter_isRefused(String keyId) {
        assertThatThrownBy(() -> SigningKey.of(P_256).withKeyId(keyId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyId");
    }

    @Test
    void withers_keepTheRest() {
        X509Certificate certificate = KeyForms.certificate(RSA);
        Instant start = Instant.parse("2027-01-01T00:00:00Z");

        SigningKey key = SigningKey.of(RSA)
                .withActiveFrom(start)
                .withKeyId("k")
                .withCertificate(certificate)
                .withAlgorithm(JwsAlgorithm.PS256)
                .withKeyId("key-2");

        assertThat(key.keyId()).contains("key-2");
        assertThat(key.activeFrom()).isEqualTo(start);
        assertThat(key.algorithm()).isEqualTo(JwsAlgorithm.PS256);
        assertThat(key.certificate()).contains(certificate);
        assertThat(SigningKey.of(RSA).activeFrom()).isEqualTo(Instant.MIN);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publicJwk_anyKey_hasPublicMembersOnly(KeyPair pair, JwsAlgorithm algorithm) throws Exception {
        String json = SigningKey.of(pair).withKeyId("key-1").publicJwk();

        JWK jwk = JWK.parse(json);
        assertThat(jwk.isPrivate()).isFalse();
        assertThat(jwk.toJSONObject()).doesNotContainKeys("d", "p", "q", "dp", "dq", "qi", "oth", "k");
        assertThat(jwk.toJSONObject())
                .containsEntry("use", "sig")
                .containsEntry("kid", "key-1")
                .containsEntry("alg", algorithm.registeredName())
                .doesNotContainKey("x5t#S256");
        if (!algorithm.equals(JwsAlgorithm.EDDSA)) {
            assertThat(((AsymmetricJWK) jwk).toPublicKey()).isEqualTo(pair.getPublic());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publicJwk_certificateKnown_hasItsThumbprint(KeyPair pair, JwsAlgorithm algorithm) throws Exception {
        X509Certificate certificate = KeyForms.certificate(pair);

        JWK jwk = JWK.parse(SigningKey.of(pair).withCertificate(certificate).publicJwk());

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        assertThat(jwk.getX509CertSHA256Thumbprint().decode()).isEqualTo(hash);
        assertThat(jwk.getKeyID()).isNull();
    }

    @Test
    void publicJwk_publicPartUnknown_saysWhatToDo() {
        SigningKey key = SigningKey.of(HiddenKeys.rsaWithoutPublicPart(RSA));

        assertThat(key.publicKey()).isEmpty();
        assertThatThrownBy(key::publicJwk)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SigningKey.of(KeyPair)");
        assertThat(key.withCertificate(KeyForms.certificate(RSA)).publicKey()).contains(RSA.getPublic());
        assertThatThrownBy(() -> key.withCertificate(KeyForms.certificate(P_256)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publicJwkSet_severalKeys_areInIt() throws Exception {
        String json = SigningKey.publicJwkSet(
                List.of(SigningKey.of(RSA).withKeyId("a"), SigningKey.of(P_384).withKeyId("b"), SigningKey.of(P_521)));

        JWKSet set = JWKSet.parse(json);

        assertThat(set.getKeys()).extracting(JWK::getKeyID).containsExactly("a", "b", null);
        assertThat(set.getKeys()).noneMatch(JWK::isPrivate);
    }

    @Test
    void publicJwkSet_sameIdTwice_isRefused() {
        List<SigningKey> keys =
                List.of(SigningKey.of(RSA).withKeyId("a"), SigningKey.of(P_384).withKeyId("a"));

        assertThatThrownBy(() -> SigningKey.publicJwkSet(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kid=a");
    }

    @Test
    void toString_showsNoKey() {
        assertThat(SigningKey.of(RSA).withKeyId("key-1")).hasToString("SigningKey[kid=key-1, alg=RS384, kind=RSA]");
        assertThat(SigningKey.external(JwsAlgorithm.ES256, P_256.getPublic(), input -> input))
                .hasToString("SigningKey[kid=null, alg=ES256, kind=P-256, external]");
    }

    @Test
    void jwsAlgorithm_byName_isFoundOrRefused() {
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            assertThat(JwsAlgorithm.of(algorithm.registeredName())).isSameAs(algorithm);
            assertThat(algorithm.isSymmetric())
                    .isEqualTo(algorithm.registeredName().startsWith("HS"));
        }
        assertThatThrownBy(() -> JwsAlgorithm.of("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"none\"")
                .hasMessageContaining("RS384, RS512")
                .hasMessageContaining("EdDSA");
        assertThatThrownBy(() -> JwsAlgorithm.of("x\n".repeat(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x?x?")
                .hasMessageContaining("…");
    }
}
