package dev.latchkey.internal.jose;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a key: its private part unless another party keeps it, its public part where it is known, and what
 * stood beside them.
 */
public record KeyMaterial(
        KeyKind kind,
        @Nullable PrivateKey privateKey,
        @Nullable PublicKey publicKey,
        Label label) {

    /** What names a key rather than being it. */
    record Label(
            @Nullable String keyId,
            @Nullable String algorithm,
            @Nullable X509Certificate certificate) {

        static final Label NONE = new Label(null, null, null);
    }

    /** A private key, and its public part as given or, where it follows from the private one, computed. */
    public static KeyMaterial of(PrivateKey privateKey, @Nullable PublicKey publicKey) {
        return of(privateKey, publicKey, KeySource.OBJECT);
    }

    static KeyMaterial of(PrivateKey privateKey, @Nullable PublicKey publicKey, KeySource source) {
        KeyKind kind = KeyKind.of(privateKey, publicKey, source);
        PublicKey computed = PublicParts.of(privateKey, kind);
        if (publicKey == null) {
            return new KeyMaterial(kind, privateKey, computed, Label.NONE);
        }
        PublicKey given = PublicParts.normal(publicKey);
        boolean foreign = computed != null && !Arrays.equals(computed.getEncoded(), given.getEncoded());
        if (foreign || KeyKind.of(given, null, source) != kind || !kind.mayBe(privateKey)) {
            throw source.refuse("the private key and the public one do not belong together. Use the two of one pair.");
        }
        return new KeyMaterial(kind, privateKey, given, Label.NONE);
    }

    /** The public part of a key that another party signs with. */
    public static KeyMaterial ofPublic(PublicKey publicKey) {
        PublicKey known = PublicParts.normal(publicKey);
        return new KeyMaterial(KeyKind.of(known, null, KeySource.OBJECT), null, known, Label.NONE);
    }

    /** The id of the key, null if it has none. */
    public @Nullable String keyId() {
        return label.keyId();
    }

    /** The algorithm that was named beside the key, null if none was. */
    public @Nullable String algorithm() {
        return label.algorithm();
    }

    /** The certificate of the public part, null if none is known. */
    public @Nullable X509Certificate certificate() {
        return label.certificate();
    }

    /** The same with another id. */
    public KeyMaterial withKeyId(@Nullable String keyId) {
        return with(new Label(keyId, label.algorithm(), label.certificate()));
    }

    KeyMaterial withAlgorithm(@Nullable String algorithm) {
        return with(new Label(label.keyId(), algorithm, label.certificate()));
    }

    /** The same with a certificate, which must be its own. */
    public KeyMaterial withCertificate(X509Certificate certificate) {
        if (!belongsTo(certificate)) {
            throw KeySource.OBJECT.refuse(
                    "the certificate is that of another key. Use the one that was issued for this key.");
        }
        PublicKey known = publicKey == null ? PublicParts.normal(certificate.getPublicKey()) : publicKey;
        return new KeyMaterial(kind, privateKey, known, new Label(label.keyId(), label.algorithm(), certificate));
    }

    boolean belongsTo(X509Certificate certificate) {
        PublicKey certified = certificate.getPublicKey();
        return publicKey == null
                ? KeyKind.of(certified, null, KeySource.OBJECT) == kind
                : Arrays.equals(publicKey.getEncoded(), certified.getEncoded());
    }

    /** The {@code x5t#S256} of a certificate: RFC 7515, section 4.1.8. */
    public static String thumbprint(X509Certificate certificate) {
        return X509CertUtils.computeSHA256Thumbprint(certificate).toString();
    }

    private KeyMaterial with(Label changed) {
        return new KeyMaterial(kind, privateKey, publicKey, changed);
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + kind.label() + "]";
    }
}
