package dev.latchkey.internal.jose;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the private key of a PEM text, and the certificate beside it. */
final class PemKeys {

    private static final String OPENSSH = " An OpenSSH key: ssh-keygen -p -m PKCS8 -f private_key";
    private static final String PKCS8 = " With OpenSSL: openssl pkcs8 -topk8 -nocrypt -in old.pem -out private_key.pem";

    private final KeySource source;
    private final List<PemBlock> blocks;
    private final char @Nullable [] password;

    private PemKeys(KeySource source, List<PemBlock> blocks, char @Nullable [] password) {
        this.source = source;
        this.blocks = blocks;
        this.password = password;
    }

    static KeyMaterial read(String text, char @Nullable [] password, KeySource source) {
        return new PemKeys(source, PemBlock.in(text, source), password).key();
    }

    private KeyMaterial key() {
        List<PemBlock> keys = blocks.stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.isEmpty()) {
            throw noKey();
        }
        if (keys.size() > 1) {
            throw source.refuse("it holds " + keys.size() + " private keys. Leave one of them in the file, or use one"
                    + " file for each.");
        }
        return withCertificate(decode(keys.get(0)));
    }

    private KeyMaterial decode(PemBlock block) {
        if (block.isLegacyEncrypted()) {
            throw source.refuse("the private key is encrypted in the old way of OpenSSL (Proc-Type: 4,ENCRYPTED),"
                    + " which is weak and not supported. Convert it with: openssl pkcs8 -topk8 -in old.pem -out"
                    + " private_key.pem");
        }
        Pkcs8 reader = new Pkcs8(source);
        return switch (block.label()) {
            case "PRIVATE KEY" -> reader.read(block.content());
            case "RSA PRIVATE KEY" -> reader.readPkcs1(block.content());
            case "EC PRIVATE KEY" -> reader.readSec1(block.content(), parameters());
            case "ENCRYPTED PRIVATE KEY" -> reader.read(new EncryptedPkcs8(source, password).decrypt(block.content()));
            default ->
                throw source.refuse("a block \"" + block.label() + "\" is not supported. Convert it to PKCS#8."
                        + ("OPENSSH PRIVATE KEY".equals(block.label()) ? OPENSSH : PKCS8));
        };
    }

    private byte @Nullable [] parameters() {
        return blocks.stream()
                .filter(block -> block.label().equals("EC PARAMETERS"))
                .findFirst()
                .map(PemBlock::content)
                .orElse(null);
    }

    private IllegalArgumentException noKey() {
        if (has("PUBLIC KEY")) {
            return source.refuse("it holds a public key, but a private key signs. Use the file that was made together"
                    + " with it, which has a line with BEGIN PRIVATE KEY.");
        }
        if (has("CERTIFICATE")) {
            return source.refuse("it holds a certificate, but no private key. Use the file with the private key; the"
                    + " certificate can stand beside it.");
        }
        return source.refuse("it is PEM without a complete private key. It must have a line with BEGIN PRIVATE KEY and"
                + " one with END PRIVATE KEY.");
    }

    private boolean has(String label) {
        return blocks.stream().anyMatch(block -> block.label().endsWith(label));
    }

    private KeyMaterial withCertificate(KeyMaterial key) {
        List<X509Certificate> certificates = certificates();
        if (certificates.isEmpty()) {
            return key;
        }
        return certificates.stream()
                .filter(key::belongsTo)
                .findFirst()
                .map(key::withCertificate)
                .orElseThrow(() -> source.refuse("the certificate in the file is that of another key. Put the one"
                        + " beside the key that was issued for it, or none."));
    }

    private List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        return certificates;
    }

    private X509Certificate certificate(PemBlock block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw source.refuse("the certificate beside the key is damaged. Copy it again, or leave it out.");
        }
    }
}
