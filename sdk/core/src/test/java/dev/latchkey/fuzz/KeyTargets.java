package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.internal.jose.KeyForms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Key files in all forms. Their seeds are keys made here and now, as none may lie in a repository. */
enum KeyTargets implements Target {
    PEM {
        @Override
        public void read(byte[] input) {
            String text = new String(input, UTF_8);
            reading(() -> used(SigningKey.parseAll(text)));
            reading(() -> used(List.of(SigningKey.parse(text, PASSWORD))));
        }

        @Override
        public List<byte[]> madeSeeds() {
            List<String> seeds = new ArrayList<>(pems());
            String certificate = KeyForms.pem("CERTIFICATE", encoded(EC));
            seeds.add(KeyForms.pkcs8(EC.getPrivate()) + certificate);
            seeds.add(KeyForms.pkcs8(EC.getPrivate()).replace("\n", "\\n"));
            return seeds.stream().map(seed -> seed.getBytes(UTF_8)).toList();
        }
    },
    /** What is inside a PEM block: the first octet tells which block. */
    DER {
        @Override
        public void read(byte[] input) {
            if (input.length > 0) {
                String label = LABELS.get(Math.floorMod(input[0], LABELS.size()));
                String text = KeyForms.pem(label, Arrays.copyOfRange(input, 1, input.length));
                reading(() -> used(List.of(SigningKey.parse(text, PASSWORD))));
            }
        }

        @Override
        public List<byte[]> madeSeeds() {
            return pems().stream().map(KeyTargets::der).toList();
        }
    },
    JWK {
        @Override
        public void read(byte[] input) {
            reading(() -> used(SigningKey.parseAll(new String(input, UTF_8))));
        }

        @Override
        public List<byte[]> madeSeeds() {
            return KeyJson.of(EC, RSA).stream()
                    .map(seed -> seed.getBytes(UTF_8))
                    .toList();
        }
    },
    PKCS12 {
        @Override
        public void read(byte[] input) throws IOException {
            Path file = Files.createTempFile("fuzz", ".p12");
            try {
                Files.write(file, input);
                reading(() -> used(List.of(SigningKey.read(file, PASSWORD))));
                reading(() -> used(List.of(SigningKey.pkcs12(file, PASSWORD, "one"))));
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public List<byte[]> madeSeeds() {
            return List.of(KeyForms.pkcs12(PASSWORD, Map.of("one", EC)), KeyForms.pkcs12(PASSWORD, Map.of()));
        }
    };

    private static final char[] PASSWORD = "password".toCharArray();
    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair EC = KeyForms.ec("secp256r1");
    private static final List<String> LABELS =
            List.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");

    private static void reading(Callable<?> reading) {
        Promise.holds(IllegalArgumentException.class, reading);
    }

    private static String used(List<SigningKey> keys) {
        return keys + " " + keys.stream().map(SigningKey::keyId).toList();
    }

    private static List<String> pems() {
        return List.of(
                KeyForms.pkcs8(RSA.getPrivate()),
                KeyForms.pkcs8(EC.getPrivate()),
                KeyForms.pkcs8(KeyForms.ed25519().getPrivate()),
                KeyForms.pkcs1(RSA.getPrivate()),
                KeyForms.sec1(EC.getPrivate(), KeyForms.P_256),
                KeyForms.pbes2(EC.getPrivate(), PASSWORD, Map.of()),
                KeyForms.encryptedByJdk(EC.getPrivate(), PASSWORD, "PBEWithSHA1AndDESede"));
    }

    private static byte[] encoded(KeyPair pair) {
        try {
            return KeyForms.certificate(pair).getEncoded();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(String pem) {
        String[] lines = pem.split("\n", 2);
        byte[] content = Base64.getMimeDecoder().decode(lines[1].substring(0, lines[1].indexOf("-----")));
        byte[] seed = new byte[content.length + 1];
        seed[0] = (byte) LABELS.indexOf(lines[0].replace("-----BEGIN ", "").replace("-----", ""));
        System.arraycopy(content, 0, seed, 1, content.length);
        return seed;
    }
}
