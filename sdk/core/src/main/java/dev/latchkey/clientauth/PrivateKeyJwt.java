package dev.latchkey.clientauth;

import java.io.IOException;
import java.security.Provider;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The method {@code private_key_jwt}: the client signs an assertion with its private key; the server knows the public
 * one. Each call of {@link #authenticate} makes a new assertion with a {@code jti} of 160 random bits.
 *
 * <p>With several keys, the one signs whose {@link SigningKey#activeFrom()} came last: register the new public key at
 * the server first, then let the new key start. Where the server refuses the client all the same, a token manager asks
 * once more, signed with {@link #withOtherKeyAt the other key}, so that a roll-over need not be to the minute.
 *
 * <p>The first two signatures of each key are verified with its public part, where that is known: a key pair that does not
 * belong together shows at once, and a signature that a fault has spoilt, which could give the key away, is not sent.
 *
 * <p>Thread-safety: immutable; many threads sign at once without waiting for each other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523, section 2.2: Using JWTs for Client
 *     Authentication</a>
 */
public final class PrivateKeyJwt implements ClientAuthentication {

    /** Newest first. */
    private final List<KeySigner> signers;

    private PrivateKeyJwt(List<KeySigner> signers) {
        this.signers = signers;
    }

    /**
     * Signs with one key.
     *
     * @param key the key
     * @return the method with that key
     */
    public static PrivateKeyJwt of(SigningKey key) {
        return of(List.of(key));
    }

    /**
     * Signs with the latest of several keys that is active.
     *
     * @param keys at least one; each starts at another time
     * @return the method with those keys
     * @throws IllegalArgumentException if there is no key, or two start at the same time
     */
    public static PrivateKeyJwt of(Collection<SigningKey> keys) {
        Objects.requireNonNull(keys, "keys");
        return new PrivateKeyJwt(signers(newestFirst(keys), null));
    }

    /**
     * Signs through a JCA provider of the user's choice instead of the JDK's. Default: the JDK chooses. It has no
     * effect on keys that sign through an {@link ExternalSigner}.
     *
     * @param provider the provider
     * @return the method with the same keys
     */
    public PrivateKeyJwt withJcaProvider(Provider provider) {
        Objects.requireNonNull(provider, "provider");
        return new PrivateKeyJwt(signers(signers.stream().map(KeySigner::key).toList(), provider));
    }

    @Override
    public String method() {
        return "private_key_jwt";
    }

    /** {@return the keys, the one that starts last first} */
    public List<SigningKey> keys() {
        return signers.stream().map(KeySigner::key).toList();
    }

    /**
     * Says which key signs at a time.
     *
     * @param time the time
     * @return the key, empty if none is active yet
     */
    public Optional<SigningKey> keyAt(Instant time) {
        Objects.requireNonNull(time, "time");
        return signerAt(time).map(KeySigner::key);
    }

    /**
     * Gives the method with the one key that may sign where a server does not take the key of that time: the one that was
     * active before it, or, where there was none, the one that starts next.
     *
     * @param time the time
     * @return the method with that key, which is active at any time; empty if there is one key only
     */
    public Optional<PrivateKeyJwt> withOtherKeyAt(Instant time) {
        Objects.requireNonNull(time, "time");
        int active = signerAt(time).map(signers::indexOf).orElse(signers.size());
        int other = active + 1 < signers.size() ? active + 1 : active - 1;
        return other < 0 || signers.size() == 1
                ? Optional.empty()
                : Optional.of(new PrivateKeyJwt(List.of(signers.get(other).always())));
    }

    @Override
    public AuthenticationParameters authenticate(AuthenticationContext context) throws IOException {
        Objects.requireNonNull(context, "context");
        KeySigner signer =
                signerAt(context.now()).orElseThrow(() -> new IllegalStateException(noneActive(context.now())));
        return signer.authenticate(context);
    }

    @Override
    public void check(AuthenticationContext context) {
        Objects.requireNonNull(context, "context");
        if (signerAt(context.now()).isEmpty()) {
            throw new IllegalArgumentException(noneActive(context.now()));
        }
        ProfileCheck check = ProfileCheck.of(context);
        signers.forEach(signer -> check.key(signer.key()));
    }

    /** {@return the name of the method and its keys, by id and algorithm} */
    @Override
    public String toString() {
        return "PrivateKeyJwt" + keys();
    }

    private Optional<KeySigner> signerAt(Instant time) {
        for (KeySigner signer : signers) {
            if (!signer.key().activeFrom().isAfter(time)) {
                return Optional.of(signer);
            }
        }
        return Optional.empty();
    }

    private String noneActive(Instant now) {
        SigningKey first = signers.get(signers.size() - 1).key();
        return "No signing key is active at " + now + ": the first one, " + first + ", starts at " + first.activeFrom()
                + ". Add a key that is active now, or correct withActiveFrom(…).";
    }

    private static List<SigningKey> newestFirst(Collection<SigningKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("PrivateKeyJwt needs at least one signing key.");
        }
        List<SigningKey> sorted = keys.stream()
                .sorted(Comparator.comparing(SigningKey::activeFrom).reversed())
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).activeFrom().equals(sorted.get(i).activeFrom())) {
                throw new IllegalArgumentException("The signing keys " + sorted.get(i - 1) + " and " + sorted.get(i)
                        + " start at the same time, so it is open which of them signs. Give one of them"
                        + " withActiveFrom(…), or pass on one key only.");
            }
        }
        return sorted;
    }

    private static List<KeySigner> signers(List<SigningKey> keys, @Nullable Provider provider) {
        return keys.stream().map(key -> KeySigner.of(key, provider)).toList();
    }
}
