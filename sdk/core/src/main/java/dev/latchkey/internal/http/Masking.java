package dev.latchkey.internal.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a server's text before it enters an exception, because servers echo what they were sent (V-35).
 *
 * <p>Masked are the secrets of the request, plain, percent-encoded or with escaped slashes, also where only their start is
 * echoed; anything that looks like a JWT or like the value of an {@code Authorization} header; and what follows the name of a secret
 * in JSON or in a form, since a server may show what it would have answered.
 */
final class Masking {
    private static final String MASK = "*****";
    private static final int SHORTEST = 4;
    private static final int RECOGNISED_START = 12;
    private static final int LONGEST_TEXT = 4096;
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){0,4}");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic|dpop) +[A-Za-z0-9._~+/-]{16,}+=*+");

    private static final String SECRET_NAMES =
            "(?:[a-z]+_?)?token|client_?secret|(?:client_)?assertion|code_verifier|password|otp_?code";
    private static final Pattern IN_JSON =
            Pattern.compile("(?i)(\\\\?\"(?:" + SECRET_NAMES + ")\\\\?\"\\s*+:\\s*+\\\\?\")([^\"\\\\]{4,}+)");
    private static final Pattern IN_FORM =
            Pattern.compile("(?i)\\b((?:" + SECRET_NAMES + ")=|[?&](?:code|session)=)([^&\\s\"'<>]{8,}+)");

    private final List<String> spellings;

    private Masking(List<String> spellings) {
        this.spellings = spellings;
    }

    static Masking of(Collection<String> secrets) {
        Set<String> spellings = new LinkedHashSet<>();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                spellings.add(secret);
                spellings.add(secret.replace("/", "\\/"));
                spellings.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            }
        }
        // The longest first, or a secret that contains another would be left in pieces.
        return new Masking(spellings.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** The text without secrets, and cut to a length that is far beyond what a message shows. */
    String apply(String text) {
        String masked = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        for (String spelling : spellings) {
            masked = without(masked, spelling);
        }
        masked = JWT.matcher(masked).replaceAll(MASK);
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1 " + MASK);
        masked = IN_JSON.matcher(masked).replaceAll("$1" + MASK);
        return IN_FORM.matcher(masked).replaceAll("$1" + MASK);
    }

    private static String without(String text, String secret) {
        String start = secret.substring(0, Math.min(secret.length(), RECOGNISED_START));
        int at = text.indexOf(start);
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (; at >= 0; at = text.indexOf(start, done)) {
            out.append(text, done, at).append(MASK);
            done = at + common(text, at, secret);
        }
        return out.append(text, done, text.length()).toString();
    }

    private static int common(String text, int at, String secret) {
        int length = 0;
        while (length < secret.length()
                && at + length < text.length()
                && text.charAt(at + length) == secret.charAt(length)) {
            length++;
        }
        return length;
    }
}
