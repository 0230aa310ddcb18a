package dev.latchkey.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of the URLs a user configures. */
final class Urls {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");

    private Urls() {}

    /** Gives an absolute https URL without fragment and user info; http passes where the host is this machine. */
    static String checked(String setting, String url) {
        URI uri = parsed(setting, Objects.requireNonNull(url, setting).strip());
        checkComplete(setting, uri);
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(setting
                    + ": a URL with user info or a fragment is not allowed; remove what stands before @ or after #");
        }
        checkScheme(setting, uri);
        return uri.toString();
    }

    private static void checkComplete(String setting, URI uri) {
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    setting + ": not an absolute URL; write it in full, as in https://host/path");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    setting + ": the host is not one that can be called; a host name has letters,"
                            + " digits, hyphens and dots (an international one is written in its xn-- form)");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    setting + ": the port is not from 1 to 65535; correct it or leave it out");
        }
    }

    private static URI parsed(String setting, String url) {
        // java.net.URI takes marks that turn the direction of a text, and halves of surrogate pairs.
        if (UNPRINTABLE.matcher(url).find()) {
            throw new IllegalArgumentException(
                    setting + ": a URL has no invisible characters; type it anew, or copy it from another place");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(setting + ": not a URL (" + e.getReason() + " at index " + e.getIndex()
                    + "); write it in full, as in https://host/path");
        }
    }

    private static void checkScheme(String setting, URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("https") || (scheme.equals("http") && isLoopback(uri.getHost()))) {
            return;
        }
        throw new IllegalArgumentException(setting + ": " + scheme + "://" + uri.getHost()
                + " is refused, since credentials would travel in clear; use https (http is allowed to loopback only)");
    }

    static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT)) || host.matches("127(\\.\\d{1,3}){3}");
    }
}
