package dev.latchkey.testing;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.ByteString;

/** Proof key for code exchange by the method S256 (RFC 7636, section 4). */
final class Pkce {

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private Pkce() {}

    static boolean isChallenge(String text) {
        return CHALLENGE.matcher(text).matches();
    }

    /** What is wrong with the verifier, as a sentence that does not repeat it; empty for nothing. */
    static Optional<String> fault(String challenge, String verifier) {
        if (!VERIFIER.matcher(verifier).matches()) {
            return Optional.of("code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~, but has "
                    + verifier.length() + " or others");
        }
        byte[] expected = challenge.getBytes(StandardCharsets.UTF_8);
        byte[] actual = challenge(verifier).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, actual)
                ? Optional.empty()
                : Optional.of("code_verifier is not that of the code_challenge");
    }

    private static String challenge(String verifier) {
        return Base64URL.encode(ByteString.encodeUtf8(verifier).sha256().toByteArray())
                .toString();
    }
}
