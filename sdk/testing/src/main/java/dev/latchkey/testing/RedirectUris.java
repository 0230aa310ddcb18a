package dev.latchkey.testing;

import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Pattern;

/** Registered redirect URIs, compared as texts (RFC 9700, section 2.1). */
final class RedirectUris {

    private static final Pattern LOOPBACK_PORT =
            Pattern.compile("^(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::[0-9]+)?(?=[/?]|$)");

    private RedirectUris() {}

    static String checked(String redirectUri) {
        URI uri = URI.create(Objects.requireNonNull(redirectUri, "redirectUri"));
        if (!uri.isAbsolute() || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "redirectUri must be absolute and without a fragment, but is " + redirectUri);
        }
        return redirectUri;
    }

    /** The same to the last character, but for the port of a loopback address. */
    static boolean contains(Collection<String> registered, String redirectUri) {
        String portless = withoutLoopbackPort(redirectUri);
        return registered.stream().anyMatch(uri -> withoutLoopbackPort(uri).equals(portless));
    }

    private static String withoutLoopbackPort(String uri) {
        return LOOPBACK_PORT.matcher(uri).replaceFirst("$1");
    }
}
