package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a JWT that somebody else signed. */
@Timeout(30)
class SignedClaimsTest {
    private static final KeyPair P_256 = KeyForms.ec("secp256r1");
    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final String CLAIMS = "{\"sub\":\"user-1\"}";

    private static String jwks() {
        JWK ec = new ECKey.Builder(Curve.P_256, (ECPublicKey) P_256.getPublic())
                .keyID("ec")
                .build();
        JWK rsa =
                new RSAKey.Builder((RSAPublicKey) RSA.getPublic()).keyID("rsa").build();
        return new JWKSet(Arrays.asList(ec, rsa)).toString();
    }

    private static String input(String header) {
        return text(header.getBytes(StandardCharsets.UTF_8)) + "." + text(CLAIMS.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signed(String header, String algorithm, PrivateKey key) throws Exception {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(input(header).getBytes(US_ASCII));
        return input(header) + "." + text(signer.sign());
    }

    private static boolean isBelieved(String jwt) {
        return SignedClaims.read(jwt, jwks()).isPresent();
    }

    @Test
    void read_goodSignature_isBelieved() throws Exception {
        assertThat(isBelieved(signed(
                        "{\"alg\":\"ES256\",\"kid\":\"ec\"}", "SHA256withECDSAinP1363Format", P_256.getPrivate())))
                .isTrue();
        assertThat(isBelieved(signed("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", "SHA256withRSA", RSA.getPrivate())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"NONE\"}",
                "{\"alg\":\"nOnE\",\"kid\":\"rsa\"}",
                "{\"alg\":\"\"}",
                "{\"kid\":\"rsa\"}"
            })
    void read_noAlgorithm_isNotBelieved(String header) {
        // V-27
        for (String signature : new String[] {"", "AAAA"}) {
            assertThat(isBelieved(input(header) + "." + signature)).isFalse();
        }
    }

    @Test
    void read_publicKeyAsSecret_isNotBelieved() throws Exception {
        // V-27: HMAC with what everybody knows.
        String pem = KeyForms.pem("PUBLIC KEY", RSA.getPublic().getEncoded());
        for (byte[] secret : new byte[][] {RSA.getPublic().getEncoded(), pem.getBytes(US_ASCII)}) {
            String input = input("{\"alg\":\"HS256\",\"kid\":\"rsa\"}");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertThat(isBelieved(input + "." + text(mac.doFinal(input.getBytes(US_ASCII)))))
                    .isFalse();
        }
    }

    @Test
    void read_keyOfAnotherAlgorithm_isNotBelieved() throws Exception {
        // V-27: each signature is good, under a header that says something else.
        assertThat(isBelieved(signed("{\"alg\":\"ES256\",\"kid\":\"rsa\"}", "SHA256withRSA", RSA.getPrivate())))
                .isFalse();
        assertThat(isBelieved(signed(
                        "{\"alg\":\"RS256\",\"kid\":\"ec\"}", "SHA256withECDSAinP1363Format", P_256.getPrivate())))
                .isFalse();
        String own = "{\"alg\":\"RS256\",\"jwk\":"
                + new RSAKey.Builder((RSAPublicKey) KeyForms.rsa(2048).getPublic()).build() + "}";
        assertThat(isBelieved(signed(own, "SHA256withRSA", KeyForms.rsa(2048).getPrivate())))
                .isFalse();
    }

    static Stream<byte[]> senseless() {
        byte[] order = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        byte[] one = new byte[32];
        one[31] = 1;
        return Stream.of(
                both(new byte[32], new byte[32]),
                both(one, new byte[32]),
                both(new byte[32], one),
                both(order, order),
                both(order, one),
                both(one, order));
    }

    private static byte[] both(byte[] r, byte[] s) {
        byte[] both = Arrays.copyOf(r, 64);
        System.arraycopy(s, 0, both, 32, 32);
        return both;
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void read_signatureOfZeros_isNotBelievedEvenWhereTheJdkWould(byte[] signature) {
        // V-28: stands in for the JDK of 2022, which took these for good ones; the one underneath may be a later one.
        Provider believer = new Believer();
        Security.insertProviderAt(believer, 1);
        try {
            String input = input("{\"alg\":\"ES256\",\"kid\":\"ec\"}");
            byte[] wrong = new byte[64];
            Arrays.fill(wrong, (byte) 7);
            assertThat(isBelieved(input + "." + text(wrong)))
                    .as("the JDK in question believes anything")
                    .isTrue();

            assertThat(isBelieved(input + "." + text(signature))).isFalse();
        } finally {
            Security.removeProvider(believer.getName());
        }
    }

    /** A JDK with that fault, and worse. */
    private static final class Believer extends Provider {
        private static final long serialVersionUID = 1;

        Believer() {
            super("Believer", "1", "takes any ECDSA signature for a good one");
            put("Signature.SHA256withECDSA", Belief.class.getName());
            put("Signature.SHA256withECDSAinP1363Format", Belief.class.getName());
        }
    }

    /** Public, since the JDK makes it. */
    public static final class Belief extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey publicKey) {}

        @Override
        protected void engineInitSign(PrivateKey privateKey) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new IllegalStateException("signs nothing");
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) throws InvalidParameterException {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) throws InvalidParameterException {
            throw new InvalidParameterException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 100, 65_536, 10_000_000})
    void read_manyDots_isRefusedInNoTime(int dots) {
        // V-29
        long start = System.nanoTime();
        assertThat(isBelieved(".".repeat(dots))).isFalse();
        assertThat(isBelieved("e30" + ".e30".repeat(Math.min(dots, 1_000_000)))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void read_longerThanAnyJwt_isNotBelieved() throws Exception {
        // V-29: well signed, and too long all the same.
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x\":\"" + "x".repeat(60_000) + "\"}";
        assertThat(isBelieved(signed(header, "SHA256withRSA", RSA.getPrivate())))
                .isFalse();
    }
}
