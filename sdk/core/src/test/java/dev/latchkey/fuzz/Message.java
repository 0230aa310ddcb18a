package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.OathIdB2b;
import dev.latchkey.provider.OlxPartner;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.provider.SmartBackendServices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An input as an HTTP answer: a line with the status and the name of a provider, headers, an empty line, the body. Whatever
 * is no such text is read as far as it goes.
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares messages
record Message(int status, Provider provider, Map<String, List<String>> headers, byte[] body) {
    private static final List<Provider> PROVIDERS = List.of(
            Provider.builder("https://auth.example.com/token").name("example").build(),
            Redox.production(),
            SmartBackendServices.of("https://auth.example.com/token", "https://fhir.example.com/r4"),
            Baanx.sandbox("client-key"),
            OathIdB2b.uat("realm"),
            OlxPartner.country("pl"));
    private static final List<String> NAMES = List.of("example", "redox", "smart", "baanx", "oath", "olx");

    static Message of(byte[] input) {
        String text = new String(input, ISO_8859_1);
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(input, end + 2, input.length);
        List<String> lines = head.lines().toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        return new Message(status(first), provider(first), headers(lines), body);
    }

    private static int status(String first) {
        String digits = first.split(" ", 2)[0];
        return digits.matches("[1-9][0-9]{2}") ? Integer.parseInt(digits) : 400;
    }

    private static Provider provider(String first) {
        String[] words = first.split(" ", 3);
        int known = NAMES.indexOf(words.length < 2 ? "" : words[1]);
        return PROVIDERS.get(known < 0 ? Math.floorMod(first.hashCode(), PROVIDERS.size()) : known);
    }

    private static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.stream().skip(1).toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    HttpAnswer answer() {
        return HttpAnswer.of(status, headers, body, Answers.NOW);
    }
}
