package dev.latchkey.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets that are planted, in every form in which they could come to light. */
final class Canaries {
    private final Map<String, String> forms = new LinkedHashMap<>();

    /** Plants a secret. */
    Canaries plant(String name, String secret) {
        forms.put(name, secret);
        forms.put(name + ", form-encoded", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put(name + ", in Base64", base64(secret));
        return this;
    }

    /** Plants a secret of Base64 lines, each of which counts. */
    Canaries plantLines(String name, String text) {
        text.lines()
                .filter(line -> line.length() > 20 && !line.startsWith("-----"))
                .forEach(line -> forms.put(name, line));
        return this;
    }

    /** The secrets that a text gives away, by name. */
    List<String> in(String text) {
        var found = new ArrayList<String>();
        forms.forEach((name, form) -> {
            if (text.contains(form)) {
                found.add(name + " in: " + around(text, form));
            }
        });
        return found;
    }

    private static String around(String text, String form) {
        int at = text.indexOf(form);
        return text.substring(Math.max(0, at - 120), Math.min(text.length(), at + form.length() + 40));
    }

    /** Whole groups of three bytes only: a secret inside a longer text in Base64 has them at one of three offsets. */
    private static String base64(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).substring(0, bytes.length / 3 * 4);
    }
}
