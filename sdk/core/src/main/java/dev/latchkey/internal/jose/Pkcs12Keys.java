package dev.latchkey.internal.jose;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a private key and its certificate from a PKCS#12 store. */
final class Pkcs12Keys {

    private final KeySource source;
    private final char[] password;

    Pkcs12Keys(KeySource source, char[] password) {
        this.source = source;
        this.password = password;
    }

    KeyMaterial read(byte[] octets, @Nullable String alias) {
        try {
            KeyStore store = open(octets);
            return key(store, alias == null ? onlyAlias(store) : existing(store, alias));
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword();
        } catch (GeneralSecurityException e) {
            throw damaged();
        }
    }

    private KeyStore open(byte[] octets) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(octets), password);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? wrongPassword() : damaged();
        }
        return store;
    }

    private KeyMaterial key(KeyStore store, String alias) throws GeneralSecurityException {
        Key key = store.getKey(alias, password);
        if (!(key instanceof PrivateKey privateKey)) {
            throw source.refuse("the entry \"" + Printable.of(alias) + "\" of the PKCS#12 store is no private key.");
        }
        KeyMaterial material = KeyMaterial.of(privateKey, null, source);
        Certificate certificate = store.getCertificate(alias);
        if (!(certificate instanceof X509Certificate x509)) {
            return material;
        }
        if (!material.belongsTo(x509)) {
            throw source.refuse("the certificate in the PKCS#12 store is that of another key. Export the key again,"
                    + " with its own certificate.");
        }
        return material.withCertificate(x509);
    }

    private String onlyAlias(KeyStore store) throws GeneralSecurityException {
        List<String> aliases = keyAliases(store);
        if (aliases.isEmpty()) {
            throw source.refuse("the PKCS#12 store holds no private key. Export it again with the key.");
        }
        if (aliases.size() > 1) {
            throw source.refuse("the PKCS#12 store holds " + aliases.size() + " private keys: " + Printable.of(aliases)
                    + ". Choose one with SigningKey.pkcs12(file, password, alias).");
        }
        return aliases.get(0);
    }

    private String existing(KeyStore store, String alias) throws GeneralSecurityException {
        if (!store.containsAlias(alias)) {
            throw source.refuse("the PKCS#12 store has no entry \"" + Printable.of(alias) + "\". Its private keys are: "
                    + Printable.of(keyAliases(store)) + ".");
        }
        return alias;
    }

    private static List<String> keyAliases(KeyStore store) throws GeneralSecurityException {
        List<String> aliases = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                aliases.add(alias);
            }
        }
        return aliases;
    }

    private IllegalArgumentException wrongPassword() {
        return source.refuse("the password does not open the PKCS#12 store. Check it for a line break at its end, or"
                + " whether it belongs to another file.");
    }

    private IllegalArgumentException damaged() {
        return source.refuse("the PKCS#12 store is damaged, or protected in a way that this Java run-time does not"
                + " know. Export it again with: openssl pkcs12 -export -inkey key.pem -in cert.pem -out key.p12");
    }
}
