package dev.latchkey.testing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The access token in an {@code Authorization} header (RFC 6750, section 2.1). */
final class BearerToken {

    private static final Pattern SYNTAX = Pattern.compile("(?i:bearer) ([A-Za-z0-9._~+/-]+=*)");

    private BearerToken() {}

    /** The active token of the request, empty where it has none, or more than one {@code Authorization} header. */
    static Optional<AccessTokens.Issued> active(RecordedApiRequest request, AccessTokens tokens) {
        List<String> sent = request.headers().getOrDefault("Authorization", List.of());
        return sent.size() == 1 ? parse(sent.get(0)).flatMap(tokens::active) : Optional.empty();
    }

    static Optional<String> parse(String header) {
        Matcher matcher = SYNTAX.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
