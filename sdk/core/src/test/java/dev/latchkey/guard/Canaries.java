package dev.latchkey.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Secrets that are planted, in every form in which they could come to light: as they are, percent-encoded, with slashes escaped, in
 * Base64 of either alphabet at any place of a longer text, in hexadecimal, and as the SHA-256 that tells whether a guess was right.
 * Of a long secret the start is enough.
 */
public final class Canaries {
    private static final int LONG = 24;
    private static final int START = 12;
    private static final int WINDOW = 8;
    /** 31 to the power of one less than the window. */
    private static final int LEADING = 31 * 31 * 31 * 31 * 31 * 31 * 31;

    private final Map<String, String> forms = new ConcurrentHashMap<>();
    private final Set<String> published = ConcurrentHashMap.newKeySet();

    /** Plants a secret. */
    public Canaries plant(String name, String secret) {
        if (secret.length() < 4 || forms.containsKey(secret)) {
            return this;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.put(secret, name);
        forms.putIfAbsent(URLEncoder.encode(secret, StandardCharsets.UTF_8), name + ", form-encoded");
        forms.putIfAbsent(secret.replace("/", "\\/"), name + ", with slashes escaped");
        if (secret.length() >= LONG) {
            forms.putIfAbsent(secret.substring(0, START), name + ", its start");
        }
        return plantBytes(name, bytes);
    }

    /** Plants a secret that is no text. */
    public Canaries plantBytes(String name, byte[] secret) {
        for (int offset = 0; offset < 3; offset++) {
            String text = base64(secret, offset);
            forms.putIfAbsent(text, name + ", in Base64");
            forms.putIfAbsent(text.replace('+', '-').replace('/', '_'), name + ", in Base64url");
        }
        forms.putIfAbsent(HexFormat.of().formatHex(secret), name + ", in hexadecimal");
        forms.putIfAbsent(HexFormat.of().withUpperCase().formatHex(secret), name + ", in hexadecimal");
        byte[] digest = sha256(secret);
        forms.putIfAbsent(HexFormat.of().formatHex(digest), name + ", its SHA-256");
        forms.putIfAbsent(base64(digest, 0), name + ", its SHA-256 in Base64");
        forms.putIfAbsent(base64(digest, 0).replace('+', '-').replace('/', '_'), name + ", its SHA-256 in Base64url");
        return this;
    }

    /** Plants a secret of Base64 lines, each of which counts. */
    public Canaries plantLines(String name, String text) {
        text.lines()
                .filter(line -> line.length() > 20 && !line.startsWith("-----"))
                .forEach(line -> forms.put(line, name));
        return this;
    }

    /** Takes a text for public though it is a form of a secret, as the challenge is of the code verifier. */
    public Canaries publish(String text) {
        published.add(text);
        return this;
    }

    /** The secrets that a text gives away, by name. */
    public List<String> in(String text) {
        var found = new TreeSet<String>();
        Map<Integer, List<String>> starts = forms.keySet().stream()
                .collect(Collectors.groupingBy(form -> hash(form, 0, Math.min(WINDOW, form.length()))));
        forms.keySet().stream()
                .filter(form -> form.length() < WINDOW && isWordOf(text, form))
                .forEach(form -> report(found, text, form));
        // One way through the text for all forms: the hash of the window moves along.
        int hash = hash(text, 0, Math.min(WINDOW, text.length()));
        for (int at = 0; at + WINDOW <= text.length(); at++) {
            for (String form : starts.getOrDefault(hash, List.of())) {
                if (text.startsWith(form, at)) {
                    report(found, text, form);
                }
            }
            if (at + WINDOW < text.length()) {
                hash = (hash - text.charAt(at) * LEADING) * 31 + text.charAt(at + WINDOW);
            }
        }
        return List.copyOf(found);
    }

    private void report(Set<String> found, String text, String form) {
        if (published.stream().noneMatch(each -> each.contains(form))) {
            found.add(forms.get(form) + " in: " + around(text, form));
        }
    }

    /** As {@link String#hashCode} has it. */
    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return hash;
    }

    /** Six digits are in many a number. */
    private static boolean isWordOf(String text, String form) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(form) + "(?![A-Za-z0-9])")
                .matcher(text)
                .find();
    }

    /** What was planted, without the forms. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        forms.values().forEach(name -> names.add(name.replaceFirst(", .*", "")));
        return names;
    }

    private static String around(String text, String form) {
        int at = text.indexOf(form);
        return text.substring(Math.max(0, at - 120), Math.min(text.length(), at + form.length() + 40));
    }

    /** Those characters that depend on the secret alone, wherever it stands in a longer text. */
    private static String base64(byte[] secret, int offset) {
        byte[] shifted = new byte[offset + secret.length];
        System.arraycopy(secret, 0, shifted, offset, secret.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return text.substring((offset * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static byte[] sha256(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
