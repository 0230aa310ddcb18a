package dev.latchkey.clientauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.internal.jose.KeyForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of key that can be read, each proved by a signature that its public part verifies. */
@Timeout(60)
final class KeyFormatsTest {

    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair P_384 = KeyForms.ec("secp384r1");
    private static final KeyPair ED25519 = KeyForms.ed25519();
    private static final char[] PASSWORD = "correct horse".toCharArray();

    @TempDir
    Path folder;

    @Test
    void parse_pkcs8_signs() throws Exception {
        assertSigns(SigningKey.parse(KeyForms.pkcs8(RSA.getPrivate())), RSA, JwsAlgorithm.RS384);
        assertSigns(SigningKey.parse(KeyForms.pkcs8(P_384.getPrivate())), P_384, JwsAlgorithm.ES384);
        assertSigns(SigningKey.parse(KeyForms.pkcs8(ED25519.getPrivate())), ED25519, JwsAlgorithm.EDDSA);
    }

    @Test
    void parse_pkcs1_signs() throws Exception {
        assertSigns(SigningKey.parse(KeyForms.pkcs1(RSA.getPrivate())), RSA, JwsAlgorithm.RS384);
    }

    @Test
    void parse_sec1WithCurveInside_signs() throws Exception {
        String pem = KeyForms.sec1(P_384.getPrivate(), KeyForms.P_384);

        assertSigns(SigningKey.parse(pem), P_384, JwsAlgorithm.ES384);
    }

    @Test
    void parse_sec1AfterBlockWithItsCurve_signs() throws Exception {
        KeyPair pair = KeyForms.ec("secp256r1");
        String parameters = KeyForms.pem("EC PARAMETERS", HexFormat.of().parseHex(KeyForms.P_256));

        String pem = parameters + KeyForms.sec1WithoutCurve(pair.getPrivate());

        assertSigns(SigningKey.parse(pem), pair, JwsAlgorithm.ES256);
    }

    @Test
    void parse_p521_signsEs512() throws Exception {
        KeyPair pair = KeyForms.ec("secp521r1");

        assertSigns(SigningKey.parse(KeyForms.pkcs8(pair.getPrivate())), pair, JwsAlgorithm.ES512);
    }

    @Test
    void parse_pbes2_signs() throws Exception {
        String pem = KeyForms.pbes2(P_384.getPrivate(), PASSWORD, Map.of());

        assertSigns(SigningKey.parse(pem, PASSWORD), P_384, JwsAlgorithm.ES384);
    }

    @Test
    void parse_pbes2WithPasswordOutsideAscii_signs() throws Exception {
        char[] password = "gr\u00fc\u00dfe".toCharArray();

        String pem = KeyForms.pbes2(P_384.getPrivate(), password, Map.of());

        assertSigns(SigningKey.parse(pem, password), P_384, JwsAlgorithm.ES384);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PBEWithHmacSHA1AndAES_128",
                "PBEWithHmacSHA224AndAES_256",
                "PBEWithHmacSHA256AndAES_256",
                "PBEWithHmacSHA384AndAES_128",
                "PBEWithHmacSHA512AndAES_256",
                "PBEWithSHA1AndDESede"
            })
    void parse_encryptedByTheJdk_signs(String scheme) throws Exception {
        String pem = KeyForms.encryptedByJdk(P_384.getPrivate(), PASSWORD, scheme);

        assertSigns(SigningKey.parse(pem, PASSWORD), P_384, JwsAlgorithm.ES384);
    }

    @Test
    void parse_passwordForPlainKey_isNotUsed() throws Exception {
        assertSigns(SigningKey.parse(KeyForms.pkcs8(P_384.getPrivate()), PASSWORD), P_384, JwsAlgorithm.ES384);
    }

    @Test
    void parse_textAroundAndOtherLineBreaks_signs() throws Exception {
        String pem = KeyForms.pkcs8(P_384.getPrivate());

        for (String variant : List.of(
                "\ufeffBag Attributes\n    friendlyName: key\nKey Attributes: <No Attributes>\n" + pem + "\nbye\n",
                pem.replace("\n", "\r\n"),
                pem.replace("\n", "\\n"),
                pem.replace("\n", "\\r\\n"),
                pem.replace("\n", " "),
                pem.replace("KEY-----\n", "KEY-----\nComment: made today\nX-Other: 1\n\n"))) {
            assertSigns(SigningKey.parse(variant), P_384, JwsAlgorithm.ES384);
        }
    }

    @Test
    void read_certificateBesideTheKey_isKept() throws Exception {
        X509Certificate own = KeyForms.certificate(P_384);
        String pem = KeyForms.pem("CERTIFICATE", KeyForms.certificate(RSA).getEncoded())
                + KeyForms.pkcs8(P_384.getPrivate())
                + KeyForms.pem("CERTIFICATE", own.getEncoded());

        SigningKey key = SigningKey.read(write(pem.getBytes(UTF_8)));

        assertThat(key.certificate()).contains(own);
        assertSigns(key, P_384, JwsAlgorithm.ES384);
    }

    @Test
    void read_fileWithPassword_signs() throws Exception {
        Path file = write(KeyForms.pbes2(RSA.getPrivate(), PASSWORD, Map.of()).getBytes(UTF_8));

        assertSigns(SigningKey.read(file, PASSWORD), RSA, JwsAlgorithm.RS384);
    }

    @Test
    void parse_ed25519WithPublicPart_knowsIt() throws Exception {
        SigningKey key = SigningKey.parse(KeyForms.ed25519WithPublicPart(ED25519, ED25519));

        assertSigns(key, ED25519, JwsAlgorithm.EDDSA);
    }

    @Test
    void parse_rsaJwk_takesItsIdAndAlgorithm() throws Exception {
        String jwk = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .privateKey(RSA.getPrivate())
                .keyID("key-1")
                .algorithm(new Algorithm("PS256"))
                .build()
                .toJSONString();

        SigningKey key = SigningKey.parse("  " + jwk + "\n");

        assertSigns(key, RSA, JwsAlgorithm.PS256);
        assertThat(key.keyId()).contains("key-1");
    }

    @Test
    void parse_rsaJwkWithoutPrimes_signs() throws Exception {
        RSAKey full = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .privateKey(RSA.getPrivate())
                .build();
        String jwk = "{\"kty\":\"RSA\",\"n\":\"" + full.getModulus() + "\",\"e\":\"AQAB\",\"d\":\""
                + full.getPrivateExponent() + "\",\"kid\":\" \"}";

        SigningKey key = SigningKey.parse(jwk);

        assertSigns(key, RSA, JwsAlgorithm.RS384);
        assertThat(key.keyId()).isEmpty();
    }

    @Test
    void parse_ecJwkWithCertificate_keepsIt() throws Exception {
        X509Certificate certificate = KeyForms.certificate(P_384);
        String jwk = new ECKey.Builder(Curve.P_384, (ECPublicKey) P_384.getPublic())
                .privateKey(P_384.getPrivate())
                .x509CertChain(List.of(Base64.encode(certificate.getEncoded())))
                .build()
                .toJSONString();

        SigningKey key = SigningKey.parse(jwk);

        assertSigns(key, P_384, JwsAlgorithm.ES384);
        assertThat(key.certificate()).contains(certificate);
    }

    @Test
    void parse_ed25519Jwk_signs() throws Exception {
        assertSigns(SigningKey.parse(edwardsJwk(ED25519, "e").toJSONString()), ED25519, JwsAlgorithm.EDDSA);
    }

    @Test
    void readAll_jwkSet_givesThePrivateKeysThatSign() throws Exception {
        RSAKey rsa = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .privateKey(RSA.getPrivate())
                .keyID("a")
                .build();
        RSAKey encryption = new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build();
        OctetSequenceKey secret = new OctetSequenceKey.Builder(new byte[32]).build();
        JWKSet set = new JWKSet(List.of(rsa, encryption, secret, rsa.toPublicJWK(), edwardsJwk(ED25519, "b")));

        List<SigningKey> keys = SigningKey.readAll(write(set.toString(false).getBytes(UTF_8)));

        assertThat(keys).extracting(key -> key.keyId().orElseThrow()).containsExactly("a", "b");
        assertSigns(keys.get(1), ED25519, JwsAlgorithm.EDDSA);
    }

    @Test
    void parse_jwkSetWithOnePrivateKey_signs() throws Exception {
        JWKSet set = new JWKSet(List.of(edwardsJwk(ED25519, "b")));

        assertSigns(SigningKey.parse(set.toString(false)), ED25519, JwsAlgorithm.EDDSA);
        assertThat(SigningKey.parseAll(set.toString(false))).hasSize(1);
    }

    @Test
    void parseAll_pem_givesItsKey() {
        assertThat(SigningKey.parseAll(KeyForms.pkcs8(P_384.getPrivate()))).hasSize(1);
    }

    @Test
    void pkcs12_onlyKey_isReadWithItsCertificate() throws Exception {
        Path file = write(KeyForms.pkcs12(PASSWORD, Map.of("mine", P_384)));

        assertSigns(SigningKey.pkcs12(file, PASSWORD), P_384, JwsAlgorithm.ES384);
        assertSigns(SigningKey.read(file, PASSWORD), P_384, JwsAlgorithm.ES384);
        assertThat(SigningKey.pkcs12(file, PASSWORD).certificate()).isPresent();
    }

    @Test
    void pkcs12_alias_choosesTheKey() throws Exception {
        Path file = write(KeyForms.pkcs12(PASSWORD, Map.of("one", RSA, "two", P_384)));

        assertSigns(SigningKey.pkcs12(file, PASSWORD, "two"), P_384, JwsAlgorithm.ES384);
    }

    static OctetKeyPair edwardsJwk(KeyPair pair, String keyId) {
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
        byte[] d = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .d(Base64URL.encode(d))
                .keyID(keyId)
                .build();
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(folder.resolve("private_key.pem"), content);
    }

    private static void assertSigns(SigningKey key, KeyPair pair, JwsAlgorithm algorithm) throws Exception {
        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.publicKey().orElseThrow().getEncoded())
                .isEqualTo(pair.getPublic().getEncoded());
        SentAssertion assertion = SentAssertion.by(key);
        assertThat(assertion.header()).containsEntry("alg", algorithm.registeredName());
        assertThat(assertion.verifiesWith(pair.getPublic())).isTrue();
    }
}
