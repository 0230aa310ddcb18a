package dev.latchkey.internal.http;

import dev.latchkey.error.Challenge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the {@code WWW-Authenticate} headers of an answer with OkHttp's parser. Of a parameter that comes twice the last
 * counts.
 *
 * <p>That parser looks at statuses 401 and 407 only, so it is always shown a 401; and it drops a whole header that has one
 * malformed part, so such a header is read again, leniently: real servers forget commas, and an {@code insufficient_scope}
 * that goes unseen becomes a needless token request.
 */
public final class Challenges {
    private static final int MAX_HEADERS = 16;
    private static final int MAX_LENGTH = 8192;
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]{1,64})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))");
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9-]{0,31})(?=\\s|$)(?!\\s*=)");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Response UNAUTHORIZED = new Response.Builder()
            .request(new Request.Builder().url("http://localhost/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(401)
            .message("")
            .build();

    private Challenges() {}

    /**
     * Reads all challenges.
     *
     * @param answer the answer, of any status
     * @return the challenges in their order; may be empty
     */
    public static List<Challenge> read(HttpAnswer answer) {
        return read(answer.headers("WWW-Authenticate"));
    }

    static List<Challenge> read(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        for (String header : headers.stream().limit(MAX_HEADERS).toList()) {
            List<Challenge> exact = exact(header);
            all.addAll(exact.isEmpty() ? lenient(header) : exact);
        }
        return all;
    }

    private static List<Challenge> exact(String header) {
        if (header.length() > MAX_LENGTH || !header.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
            return List.of();
        }
        return UNAUTHORIZED.newBuilder().header("WWW-Authenticate", header).build().challenges().stream()
                .filter(each -> TOKEN.matcher(each.scheme()).matches())
                .map(Challenges::ours)
                .toList();
    }

    private static Challenge ours(okhttp3.Challenge parsed) {
        Map<String, String> parameters = new LinkedHashMap<>();
        // A token68, as of Negotiate, stands under the name null; nobody here has use for it.
        parsed.authParams().forEach((name, value) -> {
            if (name != null) {
                parameters.put(name, value);
            }
        });
        return Challenge.of(parsed.scheme(), parameters);
    }

    private static List<Challenge> lenient(String header) {
        String text = header.length() > MAX_LENGTH ? header.substring(0, MAX_LENGTH) : header;
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.lookingAt()) {
            return List.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        for (int from = scheme.end(); parameter.find(from); from = parameter.end()) {
            parameters.put(parameter.group(1), valueOf(parameter));
        }
        return List.of(Challenge.of(scheme.group(1), parameters));
    }

    private static String valueOf(Matcher parameter) {
        String quoted = parameter.group(2);
        return quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }
}
