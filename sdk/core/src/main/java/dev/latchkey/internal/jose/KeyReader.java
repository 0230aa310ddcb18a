package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads private keys in whatever form they come, and knows the forms by their content. */
public final class KeyReader {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final KeySource source;
    private final List<KeyMaterial> keys;

    private KeyReader(KeySource source, List<KeyMaterial> keys) {
        this.source = source;
        this.keys = keys;
    }

    /** Reads a file; the password opens what is encrypted. */
    public static KeyReader file(Path file, char @Nullable [] password) {
        KeySource source = sourceOf(file);
        byte[] octets = KeyFile.read(file, source);
        return switch (BinaryForm.of(octets)) {
            case PKCS12 -> new KeyReader(source, List.of(store(octets, password, source)));
            case TEXT -> text(new String(octets, UTF_8), password, source);
            case DER ->
                throw source.refuse("it is binary DER, but PEM is needed. Convert it with: openssl pkcs8 -topk8"
                        + " -nocrypt -inform DER -in old.der -out private_key.pem");
            case JAVA_KEY_STORE ->
                throw source.refuse("it is a Java key store of the old kind (JKS). Convert it with:"
                        + " keytool -importkeystore -srckeystore old.jks -destkeystore key.p12 -deststoretype pkcs12");
            case UTF_16 -> throw source.refuse("it is text in UTF-16. Save it as UTF-8 or ASCII.");
        };
    }

    /** Reads a text; the password opens what is encrypted. */
    public static KeyReader text(String text, char @Nullable [] password) {
        return text(text, password, KeySource.TEXT);
    }

    /** Reads one key of a PKCS#12 store: the only one if no alias is given. */
    public static KeyMaterial pkcs12(Path file, char[] password, @Nullable String alias) {
        KeySource source = sourceOf(file);
        byte[] octets = KeyFile.read(file, source);
        if (BinaryForm.of(octets) != BinaryForm.PKCS12) {
            throw source.refuse("it is not a PKCS#12 store. For PEM, JWK and JWK set use SigningKey.read(file).");
        }
        return new Pkcs12Keys(source, password).read(octets, alias);
    }

    /** The key, if there is one only. */
    public KeyMaterial single() {
        if (keys.size() > 1) {
            List<String> ids = keys.stream()
                    .map(KeyMaterial::keyId)
                    .filter(Objects::nonNull)
                    .toList();
            throw source.refuse("the JWK set holds " + keys.size() + " private keys (kid: " + Printable.of(ids)
                    + "). Read them with SigningKey.readAll or parseAll, and choose one by its keyId(), or give each"
                    + " a time with withActiveFrom(…).");
        }
        return keys.get(0);
    }

    /** The keys, at least one. */
    public List<KeyMaterial> all() {
        return keys;
    }

    private static KeySource sourceOf(Path file) {
        Path name = file.getFileName();
        return new KeySource("Signing key file " + Printable.of((name == null ? file : name).toString()));
    }

    private static KeyMaterial store(byte[] octets, char @Nullable [] password, KeySource source) {
        if (password == null) {
            throw source.refuse("it is a PKCS#12 store, which needs a password. Pass it as second argument:"
                    + " SigningKey.read(file, password).");
        }
        return new Pkcs12Keys(source, password).read(octets, null);
    }

    private static KeyReader text(String text, char @Nullable [] password, KeySource source) {
        String content = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
        if (content.isEmpty()) {
            throw source.refuse("it is empty. Check where it comes from: the file, the environment variable or the"
                    + " secret store.");
        }
        if (content.startsWith("{")) {
            return new KeyReader(source, JwkKeys.read(content, source));
        }
        if (!content.contains("-----BEGIN ")) {
            throw unknown(content, source);
        }
        return new KeyReader(source, List.of(PemKeys.read(content, password, source)));
    }

    private static IllegalArgumentException unknown(String content, KeySource source) {
        if (content.startsWith("ssh-") || content.startsWith("ecdsa-sha2-")) {
            return source.refuse("it holds a public key of OpenSSH, but a private key signs. Use the file without .pub,"
                    + " converted with: ssh-keygen -p -m PKCS8 -f private_key");
        }
        return source.refuse("it is neither PEM (a line with BEGIN PRIVATE KEY), nor a JWK, a JWK set or PKCS#12."
                + " Pass the content of the key file as it is, with its first and last line.");
    }
}
