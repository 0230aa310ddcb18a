package dev.latchkey.clientauth;

import dev.latchkey.internal.jose.JwsSigner;
import dev.latchkey.internal.jose.KeyKind;
import dev.latchkey.internal.jose.KeyMaterial;
import dev.latchkey.internal.jose.KeyReader;
import dev.latchkey.internal.jose.Printable;
import dev.latchkey.internal.jose.PublicJwks;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs assertions, with its id, its algorithm and, where known, its public part.
 *
 * <p>Read are: PEM (PKCS#8, encrypted PKCS#8, {@code RSA PRIVATE KEY}, {@code EC PRIVATE KEY}), a JWK, a JWK set and
 * PKCS#12. The algorithm follows from the key, unless {@link #withAlgorithm} says otherwise:
 *
 * <ul>
 *   <li>RSA of 2048 bits or more: RS384
 *   <li>P-256: ES256
 *   <li>P-384: ES384
 *   <li>P-521: ES512
 *   <li>Ed25519: EdDSA
 * </ul>
 *
 * <pre>{@code
 * SigningKey key = SigningKey.read(Path.of("private_key.pem")).withKeyId("2026-key-1");
 * }</pre>
 *
 * <p>Whatever cannot be used is refused with an {@link IllegalArgumentException} that names the file, says what is
 * wrong and how to put it right, and holds nothing of the content.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3">RFC 7518, section 3: Cryptographic Algorithms for
 *     Digital Signatures and MACs</a>
 */
public final class SigningKey {

    private final KeyMaterial material;
    private final JwsAlgorithm algorithm;
    private final @Nullable ExternalSigner externalSigner;
    private final Instant activeFrom;

    private SigningKey(
            KeyMaterial material, JwsAlgorithm algorithm, @Nullable ExternalSigner externalSigner, Instant activeFrom) {
        this.material = material;
        this.algorithm = algorithm;
        this.externalSigner = externalSigner;
        this.activeFrom = activeFrom;
    }

    /**
     * Reads a file in any of the forms that need no password.
     *
     * @param file a file of at most 1 MiB with one private key
     * @return the key
     * @throws IllegalArgumentException if the file cannot be read or holds no usable private key
     */
    public static SigningKey read(Path file) {
        Objects.requireNonNull(file, "file");
        return of(KeyReader.file(file, null).single());
    }

    /**
     * Reads a file in any form; the password opens an encrypted PEM block or a PKCS#12 store, and is not needed, nor
     * used, otherwise.
     *
     * @param file a file of at most 1 MiB with one private key
     * @param password the password; it is not kept, and the caller may wipe it afterwards
     * @return the key
     * @throws IllegalArgumentException if the file cannot be read, holds no usable private key, or the password is
     *     wrong
     */
    public static SigningKey read(Path file, char[] password) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
        return of(KeyReader.file(file, password).single());
    }

    /**
     * Reads a JWK set with several private keys, or any other file, which then gives one key.
     *
     * @param file a file of at most 1 MiB
     * @return the private keys in the order of the file; never empty
     * @throws IllegalArgumentException if the file cannot be read or holds no usable private key
     */
    public static List<SigningKey> readAll(Path file) {
        Objects.requireNonNull(file, "file");
        return KeyReader.file(file, null).all().stream().map(SigningKey::of).toList();
    }

    /**
     * Reads a key from a text, as an environment variable or a secret store holds it: PEM, a JWK or a JWK set.
     *
     * @param text the content of a key file
     * @return the key
     * @throws IllegalArgumentException if it holds no usable private key
     */
    public static SigningKey parse(String text) {
        Objects.requireNonNull(text, "text");
        return of(KeyReader.text(text, null).single());
    }

    /**
     * Reads a key from a text; the password opens an encrypted PEM block.
     *
     * @param text the content of a key file
     * @param password the password; it is not kept, and the caller may wipe it afterwards
     * @return the key
     * @throws IllegalArgumentException if it holds no usable private key, or the password is wrong
     */
    public static SigningKey parse(String text, char[] password) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(password, "password");
        return of(KeyReader.text(text, password).single());
    }

    /**
     * Reads a JWK set with several private keys from a text, or any other text, which then gives one key.
     *
     * @param text the content of a key file
     * @return the private keys in the order of the text; never empty
     * @throws IllegalArgumentException if it holds no usable private key
     */
    public static List<SigningKey> parseAll(String text) {
        Objects.requireNonNull(text, "text");
        return KeyReader.text(text, null).all().stream().map(SigningKey::of).toList();
    }

    /**
     * Reads a PKCS#12 store with one private key. Its certificate is kept with the key.
     *
     * @param file a file of at most 1 MiB
     * @param password the password of store and key; it is not kept
     * @return the key
     * @throws IllegalArgumentException if the store cannot be read, or holds no or several private keys
     */
    public static SigningKey pkcs12(Path file, char[] password) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
        return of(KeyReader.pkcs12(file, password, null));
    }

    /**
     * Reads one private key of a PKCS#12 store. Its certificate is kept with the key.
     *
     * @param file a file of at most 1 MiB
     * @param password the password of store and key; it is not kept
     * @param alias the name of the key in the store
     * @return the key
     * @throws IllegalArgumentException if the store cannot be read, or holds no private key of that name
     */
    public static SigningKey pkcs12(Path file, char[] password, String alias) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(password, "password");
        return of(KeyReader.pkcs12(file, password, Texts.requireText(alias, "alias")));
    }

    /**
     * Uses a private key of the JDK. One that lives in a hardware module may not tell what kind it is; then use
     * {@link #of(KeyPair)}.
     *
     * @param privateKey RSA, EC or Ed25519
     * @return the key
     * @throws IllegalArgumentException if it is of another kind, or too weak
     */
    public static SigningKey of(PrivateKey privateKey) {
        Objects.requireNonNull(privateKey, "privateKey");
        return of(KeyMaterial.of(privateKey, null));
    }

    /**
     * Uses a key pair of the JDK.
     *
     * @param pair RSA, EC or Ed25519
     * @return the key
     * @throws IllegalArgumentException if it is of another kind, or too weak
     */
    public static SigningKey of(KeyPair pair) {
        Objects.requireNonNull(pair, "pair");
        PrivateKey privateKey = Objects.requireNonNull(pair.getPrivate(), "pair.getPrivate()");
        PublicKey publicKey = Objects.requireNonNull(pair.getPublic(), "pair.getPublic()");
        return of(KeyMaterial.of(privateKey, publicKey));
    }

    /**
     * Uses a private key of the JDK and the certificate of its public part.
     *
     * @param privateKey RSA, EC or Ed25519
     * @param certificate the certificate
     * @return the key
     * @throws IllegalArgumentException if the key is of another kind or too weak, or the certificate is not its own
     */
    public static SigningKey of(PrivateKey privateKey, X509Certificate certificate) {
        Objects.requireNonNull(privateKey, "privateKey");
        Objects.requireNonNull(certificate, "certificate");
        return of(KeyMaterial.of(privateKey, certificate.getPublicKey()).withCertificate(certificate));
    }

    /**
     * Uses a key that another party signs with, such as a key management service.
     *
     * @param algorithm what the signer signs with
     * @param publicKey the public part, with which the first two signatures are verified
     * @param signer signs
     * @return the key
     * @throws IllegalArgumentException if the public key is too weak or does not fit the algorithm
     */
    public static SigningKey external(JwsAlgorithm algorithm, PublicKey publicKey, ExternalSigner signer) {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(publicKey, "publicKey");
        Objects.requireNonNull(signer, "signer");
        KeyMaterial material = KeyMaterial.ofPublic(publicKey);
        return new SigningKey(material, fitting(algorithm, material.kind()), signer, Instant.MIN);
    }

    /**
     * Sets the id under which the server knows the public key, {@code kid} in the header. Default: the one in the JWK,
     * else none.
     *
     * @param keyId not blank
     * @return a key with it
     * @throws IllegalArgumentException if it is blank or holds a control character
     */
    public SigningKey withKeyId(String keyId) {
        Texts.requireText(keyId, "keyId");
        return new SigningKey(material.withKeyId(keyId), algorithm, externalSigner, activeFrom);
    }

    /**
     * Sets the algorithm. Default: the one in the JWK, else as the type says.
     *
     * @param other one that this kind of key can sign with
     * @return a key with it
     * @throws IllegalArgumentException if the key cannot; the message says how to make one that can
     */
    public SigningKey withAlgorithm(JwsAlgorithm other) {
        Objects.requireNonNull(other, "other");
        if (externalSigner != null && other != algorithm) {
            throw new IllegalArgumentException("The external signer of the key " + this + " signs "
                    + algorithm.registeredName() + ". Name the algorithm in SigningKey.external(…) instead.");
        }
        return new SigningKey(material, fitting(other, material.kind()), externalSigner, activeFrom);
    }

    /**
     * Adds the certificate of the public part, for servers that find keys by its thumbprint. Default: the one that was
     * read beside the key, if any.
     *
     * @param certificate the certificate
     * @return a key with it
     * @throws IllegalArgumentException if it is the certificate of another key
     */
    public SigningKey withCertificate(X509Certificate certificate) {
        Objects.requireNonNull(certificate, "certificate");
        return new SigningKey(material.withCertificate(certificate), algorithm, externalSigner, activeFrom);
    }

    /**
     * Sets the time from which on this key signs, for a roll-over without a pause. Default: always.
     *
     * @param time the time; included
     * @return a key with it
     */
    public SigningKey withActiveFrom(Instant time) {
        Objects.requireNonNull(time, "time");
        return new SigningKey(material, algorithm, externalSigner, time);
    }

    /** {@return the algorithm it signs with} */
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** {@return the id under which the server knows the public key, empty if none was set} */
    public Optional<String> keyId() {
        return Optional.ofNullable(material.keyId());
    }

    /** {@return the public part, empty if it is not known} */
    public Optional<PublicKey> publicKey() {
        return Optional.ofNullable(material.publicKey());
    }

    /** {@return the certificate of the public part, empty if none is known} */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(material.certificate());
    }

    /** {@return the time from which on this key signs; {@link Instant#MIN} if always} */
    public Instant activeFrom() {
        return activeFrom;
    }

    /**
     * The public part as a JWK, to be registered at the server: its public members, {@code use}, {@code alg},
     * {@code kid} and, where a certificate is known, {@code x5t#S256}.
     *
     * @return JSON
     * @throws IllegalStateException if the public part is not known
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517, section 4: JSON Web Key Format</a>
     */
    public String publicJwk() {
        return PublicJwks.jwk(material, algorithm.registeredName());
    }

    /**
     * The public parts of several keys as a JWK set, to be registered at the server or served under the client's
     * {@code jwks_uri}.
     *
     * @param keys the keys; no two with the same id
     * @return JSON
     * @throws IllegalArgumentException if two keys have the same id
     * @throws IllegalStateException if a public part is not known
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5: JWK Set Format</a>
     */
    public static String publicJwkSet(Collection<SigningKey> keys) {
        Objects.requireNonNull(keys, "keys");
        Set<String> keyIds = new HashSet<>();
        for (SigningKey key : keys) {
            if (key.material.keyId() != null && !keyIds.add(key.material.keyId())) {
                throw new IllegalArgumentException("Two signing keys have the id of " + key
                        + ", but a server finds keys by it. Give one of them another with withKeyId(…).");
            }
        }
        return PublicJwks.set(keys.stream().map(SigningKey::publicJwk).toList());
    }

    /** {@return id, algorithm and kind; nothing of the key} */
    @Override
    public String toString() {
        @Nullable String keyId = material.keyId() == null ? null : Printable.of(material.keyId());
        return "SigningKey[kid=" + keyId + ", alg=" + algorithm.registeredName() + ", kind="
                + material.kind().label() + (externalSigner == null ? "" : ", external") + "]";
    }

    JwsSigner signer(@Nullable Provider provider) {
        ExternalSigner external = externalSigner;
        if (external != null) {
            return JwsSigner.external(algorithm.registeredName(), material, external::sign);
        }
        return JwsSigner.local(algorithm.registeredName(), material, provider);
    }

    private static SigningKey of(KeyMaterial material) {
        return new SigningKey(material, algorithmOf(material), null, Instant.MIN);
    }

    private static JwsAlgorithm algorithmOf(KeyMaterial material) {
        String named = material.algorithm();
        if (named == null) {
            return JwsAlgorithm.of(material.kind().defaultAlgorithm());
        }
        return fitting(JwsAlgorithm.of(named), material.kind());
    }

    private static JwsAlgorithm fitting(JwsAlgorithm algorithm, KeyKind kind) {
        kind.requireSigning(algorithm.registeredName());
        return algorithm;
    }
}
