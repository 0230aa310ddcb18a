package dev.latchkey.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Client id and secret from the {@code Authorization} header, form-decoded as RFC 6749, section 2.3.1, demands. */
record BasicCredentials(String clientId, String clientSecret) {

    private static final String SCHEME = "basic ";

    static Optional<BasicCredentials> read(Headers headers) {
        return headers.first("Authorization").flatMap(BasicCredentials::parse);
    }

    private static Optional<BasicCredentials> parse(String value) {
        if (!value.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(value.substring(SCHEME.length()).trim());
            return split(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<BasicCredentials> split(String pair) {
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        return Optional.of(new BasicCredentials(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))));
    }

    private static String decode(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "BasicCredentials[" + clientId + "]";
    }
}
