package dev.latchkey.clientauth;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.internal.jose.KeyForms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad key file: what is wrong, what to do, and nothing of the content (V-07, V-08). */
@Timeout(60)
final class KeyErrorsTest {

    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair P_384 = KeyForms.ec("secp384r1");
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    Path folder;

    @Test
    void parse_publicKey_isRefused() {
        assertParse(KeyForms.pem("PUBLIC KEY", RSA.getPublic().getEncoded()), "public key", "BEGIN PRIVATE KEY");
        assertParse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIQ user@host", "public key of OpenSSH", "ssh-keygen");
        assertParse(SigningKey.of(RSA).publicJwk(), "holds a public key", "member \"d\"");
    }

    @Test
    void parse_certificateOnly_isRefused() throws Exception {
        String pem = KeyForms.pem("CERTIFICATE", KeyForms.certificate(P_384).getEncoded());

        assertParse(pem, "holds a certificate, but no private key", "file with the private key");
    }

    @Test
    void parse_certificateOfAnotherKey_isRefused() throws Exception {
        String other = KeyForms.pem("CERTIFICATE", KeyForms.certificate(RSA).getEncoded());

        assertParse(KeyForms.pkcs8(P_384.getPrivate()) + other, "certificate in the file is that of another key");
    }

    @Test
    void parse_damagedCertificate_isRefused() {
        String pem = KeyForms.pkcs8(P_384.getPrivate()) + KeyForms.pem("CERTIFICATE", new byte[40]);

        assertParse(pem, "certificate beside the key is damaged");
    }

    @Test
    void parse_legacyEncrypted_isRefused() {
        String pem = KeyForms.pkcs1(RSA.getPrivate())
                .replace("KEY-----\nMII", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\nMII");

        assertParse(pem, "Proc-Type: 4,ENCRYPTED", "openssl pkcs8 -topk8");
    }

    @Test
    void parse_encryptedWithoutPassword_isRefused() {
        String pem = KeyForms.pbes2(RSA.getPrivate(), PASSWORD.toCharArray(), Map.of());

        assertParse(pem, "encrypted, and no password", "SigningKey.read(file, password)");
    }

    @Test
    void parse_wrongPassword_isRefused() {
        String pem = KeyForms.pbes2(RSA.getPrivate(), "other".toCharArray(), Map.of());
        String old = KeyForms.encryptedByJdk(RSA.getPrivate(), "other".toCharArray(), "PBEWithSHA1AndDESede");

        assertRefused(() -> SigningKey.parse(pem, PASSWORD.toCharArray()), pem, "password does not open");
        assertRefused(() -> SigningKey.parse(old, PASSWORD.toCharArray()), old, "password does not open");
    }

    @Test
    void parse_passwordThatDecryptsToNonsense_isRefused() {
        // Padding is right by chance for 1 of 256 wrong passwords: among many, some come that far.
        for (int i = 0; i < 400; i++) {
            String pem = KeyForms.pbes2(P_384.getPrivate(), ("p" + i).toCharArray(), Map.of("iterations", "020101"));

            assertRefused(() -> SigningKey.parse(pem, PASSWORD.toCharArray()), pem, "password does not open");
        }
    }

    @Test
    void parse_unknownEncryption_isRefusedWithTheCure() {
        assertEncrypted(Map.of("derivation", "06092b06010401da47040b"), "scrypt");
        assertEncrypted(Map.of("derivation", "06092a864886f70d01050b"), "key derivation that is not supported");
        assertEncrypted(Map.of("hash", "300c06082a864886f70d02010500"), "hash that is not supported");
        assertEncrypted(Map.of("cipher", "06082a864886f70d0307"), "another cipher than AES-CBC");
    }

    @Test
    void parse_absurdIterations_isRefusedAtOnce() {
        String pem = KeyForms.pbes2(RSA.getPrivate(), PASSWORD.toCharArray(), Map.of("iterations", "02047fffffff"));
        String none = KeyForms.pbes2(RSA.getPrivate(), PASSWORD.toCharArray(), Map.of("iterations", "020100"));

        assertRefused(() -> SigningKey.parse(pem, PASSWORD.toCharArray()), pem, "damaged");
        assertRefused(() -> SigningKey.parse(none, PASSWORD.toCharArray()), none, "damaged");
    }

    @Test
    void parse_damagedPem_isRefused() {
        String pem = KeyForms.pkcs8(RSA.getPrivate());
        byte[] encoded = RSA.getPrivate().getEncoded();
        byte[] cut = Arrays.copyOf(encoded, 600);

        assertParse(pem.replace("-----END", "-----BEND"), "without a complete private key");
        assertParse(pem.replace("MII", "M*I"), "not Base64");
        assertParse(KeyForms.pem("PRIVATE KEY", cut), "damaged");
        assertParse(KeyForms.pem("RSA PRIVATE KEY", cut), "damaged");
        assertParse(KeyForms.pem("EC PRIVATE KEY", cut), "damaged");
        assertParse(KeyForms.sec1WithoutCurve(P_384.getPrivate()), "damaged");
        assertParse(KeyForms.pem("EC PARAMETERS", new byte[] {6, 1, 1}), "without a complete private key");
        assertRefused(
                () -> SigningKey.parse(KeyForms.pem("ENCRYPTED PRIVATE KEY", cut), PASSWORD.toCharArray()),
                pem,
                "damaged");
    }

    @Test
    void parse_severalKeys_isRefused() {
        String pem = KeyForms.pkcs8(RSA.getPrivate()) + KeyForms.pkcs8(P_384.getPrivate());

        assertParse(pem, "2 private keys", "one file for each");
    }

    @Test
    void parse_openSsh_isRefused() {
        assertParse(KeyForms.pem("OPENSSH PRIVATE KEY", new byte[99]), "OPENSSH", "ssh-keygen -p -m PKCS8");
        assertParse(KeyForms.pem("DSA PRIVATE KEY", new byte[99]), "DSA", "openssl pkcs8 -topk8");
    }

    @Test
    void parse_unsupportedCurve_isRefusedByItsName() {
        String ec = "06072a8648ce3d0201";

        assertParse(KeyForms.pkcs8Of(ec, KeyForms.SECP256K1), "secp256k1", "openssl ecparam -name secp384r1");
        assertParse(KeyForms.pkcs8Of(ec, KeyForms.P_192), "P-192", "P-256 (ES256)");
        assertParse(KeyForms.pkcs8Of(ec, "06032a0304"), "1.2.3.4", "P-256 (ES256)");
        assertParse(KeyForms.pkcs8Of(ec, "3000"), "explicit parameters", "named_curve");
        assertParse(KeyForms.sec1(P_384.getPrivate(), KeyForms.SECP256K1), "secp256k1", "P-384");
    }

    @Test
    void parse_otherKindOfKey_isRefusedByItsName() {
        assertParse(KeyForms.pkcs8Of("06092a864886f70d01010a", "0500"), "RSASSA-PSS", "Use RSA, EC");
        assertParse(KeyForms.pkcs8Of("06032b6571", "0500"), "Ed448", "Ed25519");
        assertParse(KeyForms.pkcs8Of("06032a0304", "0500"), "1.2.3.4", "Ed25519");
    }

    @Test
    void parse_shortRsaKey_isRefused() {
        KeyPair pair = KeyForms.rsa(1024);

        assertParse(KeyForms.pkcs8(pair.getPrivate()), "1024 bits", "at least 2048", "openssl genpkey");
    }

    @Test
    void parse_ed25519WithForeignPublicPart_isRefused() {
        String pem = KeyForms.ed25519WithPublicPart(KeyForms.ed25519(), KeyForms.ed25519());

        assertParse(pem, "do not belong together");
    }

    @Test
    void parse_neitherForm_isRefused() {
        assertParse("", "empty", "environment variable");
        assertParse(" \n\t ", "empty");
        assertParse("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "neither PEM", "first and last line");
    }

    @Test
    void parse_badJwk_isRefused() {
        String d = "Zm9yLXRlc3RzLW9ubHktbm90LWEta2V5LWF0LWFsbCE";
        assertParse("{\"kty\":\"RSA\"", "not valid JSON");
        assertParse("{\"kty\":\"oct\",\"k\":\"" + d + "\"}", "shared secret", "ClientSecretJwt");
        assertParse("{\"kty\":\"EC\",\"use\":\"enc\",\"d\":\"" + d + "\"}", "for encryption");
        assertParse("{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"d\":\"" + d + "\"}", "secp256k1");
        assertParse("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"d\":\"" + d + "\"}", "X25519");
        assertParse("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"" + d + "\"}", "damaged or lacks a member");
        assertParse("{\"kty\":7,\"d\":\"" + d + "\"}", "damaged or lacks a member");
        assertParse(
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"d\":\"" + d + "\"}", "damaged or lacks a member");
        assertParse("{\"keys\":7}", "not a list");
        assertParse("{\"keys\":[]}", "no private key");
        assertParse("{\"keys\":null}", "no private key");
    }

    @Test
    void parse_jwkOfAnotherAlgorithm_isRefused() {
        String jwk = KeyFormatsTest.edwardsJwk(KeyForms.ed25519(), "a").toJSONString();

        assertParse(jwk.replace("{", "{\"alg\":\"RSA-OAEP-256\","), "RSA-OAEP-256", "Correct or remove");
    }

    @Test
    void parse_jwkWhosePartsDoNotBelongTogether_isRefused() {
        KeyPair mixed =
                new KeyPair(KeyForms.ed25519().getPublic(), KeyForms.ed25519().getPrivate());

        assertParse(KeyFormatsTest.edwardsJwk(mixed, "a").toJSONString(), "do not belong together");
    }

    @Test
    void parse_jwkSetWithSeveralKeys_saysHowToChoose() {
        String one = KeyFormatsTest.edwardsJwk(KeyForms.ed25519(), "a").toJSONString();
        String two = KeyFormatsTest.edwardsJwk(KeyForms.ed25519(), "b").toJSONString();

        assertParse("{\"keys\":[" + one + "," + two + "]}", "kid: a, b", "readAll", "keyId()");
    }

    @Test
    void read_missingFileOrDirectory_isRefused() {
        assertRefused(() -> SigningKey.read(folder.resolve("no.pem")), "-", "no.pem", "does not exist");
        assertRefused(() -> SigningKey.read(folder), "-", "directory");
        assertRefused(() -> SigningKey.read(Path.of("/")), "-", "directory");
        assertRefused(() -> SigningKey.read(Path.of("/dev/null/key.pem")), "-", "key.pem", "cannot be read");
    }

    @Test
    void read_largeFile_isRefused() throws Exception {
        assertFile(new byte[(1 << 20) + 1], "larger than 1 MiB");
        // One octet less is read.
        assertFile(new byte[1 << 20], "neither PEM");
    }

    @Test
    void read_otherBinaryForms_areRefusedWithTheCure() throws Exception {
        assertFile(RSA.getPrivate().getEncoded(), "binary DER", "openssl pkcs8 -topk8 -nocrypt -inform DER");
        assertFile(new byte[] {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0, 0}, "JKS", "keytool");
        assertFile(("\ufeff" + KeyForms.pkcs8(RSA.getPrivate())).getBytes(UTF_16LE), "UTF-16", "UTF-8");
        assertFile(new byte[] {0x30}, "neither PEM");
        assertFile("0x this is no key".getBytes(UTF_8), "neither PEM");
        assertFile(new byte[0], "empty");
    }

    @Test
    void read_pkcs12WithoutOrWithWrongPassword_isRefused() throws Exception {
        Path file = write(KeyForms.pkcs12("other".toCharArray(), Map.of("one", P_384)));

        assertRefused(() -> SigningKey.read(file), "-", "needs a password");
        assertRefused(() -> SigningKey.read(file, PASSWORD.toCharArray()), "-", "password does not open");
    }

    @Test
    void pkcs12_unclearAlias_isRefused() throws Exception {
        char[] password = PASSWORD.toCharArray();
        Map<String, KeyPair> many = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            many.put("key" + i, P_384);
        }
        Path several = write(KeyForms.pkcs12(password, many));

        assertRefused(() -> SigningKey.pkcs12(several, password), "-", "12 private keys", "alias", "…");
        assertRefused(() -> SigningKey.pkcs12(several, password, "mine"), "-", "no entry \"mine\"", "key1");
        assertRefused(() -> SigningKey.pkcs12(several, password, "other"), "-", "\"other\"", "no private key");
    }

    @Test
    void pkcs12_withoutKeyOrDamagedOrOther_isRefused() throws Exception {
        char[] password = PASSWORD.toCharArray();
        byte[] store = KeyForms.pkcs12(password, Map.of());
        Path empty = write(store);
        assertRefused(() -> SigningKey.pkcs12(empty, password), "-", "no private key");

        Path damaged = write(Arrays.copyOf(store, store.length / 2));
        assertRefused(() -> SigningKey.pkcs12(damaged, password), "-", "damaged", "openssl pkcs12 -export");

        Path pem = write(KeyForms.pkcs8(RSA.getPrivate()).getBytes(UTF_8));
        assertRefused(() -> SigningKey.pkcs12(pem, password), "-", "not a PKCS#12 store", "SigningKey.read(file)");
    }

    @Test
    void pkcs12_certificateOfAnotherKey_isRefused() throws Exception {
        char[] password = PASSWORD.toCharArray();
        KeyPair mixed = new KeyPair(P_384.getPublic(), KeyForms.ec("secp384r1").getPrivate());
        Path file = write(KeyForms.pkcs12(password, Map.of("one", mixed)));

        assertRefused(() -> SigningKey.pkcs12(file, password), "-", "certificate in the PKCS#12 store", "another key");
    }

    private void assertEncrypted(Map<String, String> changes, String problem) {
        String pem = KeyForms.pbes2(RSA.getPrivate(), PASSWORD.toCharArray(), changes);

        assertRefused(() -> SigningKey.parse(pem, PASSWORD.toCharArray()), pem, problem, "openssl pkcs8 -topk8");
    }

    private static void assertParse(String text, String... expected) {
        assertRefused(() -> SigningKey.parse(text), text, expected);
    }

    private void assertFile(byte[] content, String... expected) throws Exception {
        Path file = write(content);

        Throwable refusal = assertRefused(() -> SigningKey.read(file), "-", expected);

        assertThat(refusal).hasMessageContaining("private_key.pem: ");
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(folder.resolve("private_key.pem"), content);
    }

    private static Throwable assertRefused(ThrowingCallable reading, String content, String... expected) {
        Throwable refusal = catchThrowable(reading);

        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(refusal.getMessage()).contains(expected).startsWith("Signing key");
        assertThat(refusal.getSuppressed()).isEmpty();
        assertHidden(refusal, content);
        return refusal;
    }

    private static void assertHidden(Throwable refusal, String content) {
        StringWriter printed = new StringWriter();
        refusal.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain(PASSWORD);
        String body = content.replaceAll("-----[A-Z0-9 ]+-----", "").replaceAll("\\s", "");
        for (int at = 0; at + 16 <= body.length(); at += 4) {
            assertThat(printed.toString()).doesNotContain(body.substring(at, at + 16));
        }
    }
}
