package dev.latchkey.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Which redirect URIs a provider takes, checked before a browser is opened. Always: absolute, without fragment and user info.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2">RFC 6749, section 3.1.2: Redirection Endpoint</a>
 */
public final class RedirectUriRules {
    private final boolean plainHttp;
    private final boolean loopback;
    private final boolean ownSchemes;
    private final boolean query;

    private RedirectUriRules(boolean plainHttp, boolean loopback, boolean ownSchemes, boolean query) {
        this.plainHttp = plainHttp;
        this.loopback = loopback;
        this.ownSchemes = ownSchemes;
        this.query = query;
    }

    /** {@return https, http to this machine, and schemes of an app's own such as com.example.app:/callback (RFC 8252)} */
    public static RedirectUriRules standard() {
        return new RedirectUriRules(false, true, true, true);
    }

    /** {@return these rules, with http to any host, for a provider's sandbox} */
    public RedirectUriRules withPlainHttp() {
        return new RedirectUriRules(true, loopback, ownSchemes, query);
    }

    /** {@return these rules, without http and without this machine} */
    public RedirectUriRules withoutLoopback() {
        return new RedirectUriRules(plainHttp, false, ownSchemes, query);
    }

    /** {@return these rules, without schemes of an app's own} */
    public RedirectUriRules withoutOwnSchemes() {
        return new RedirectUriRules(plainHttp, loopback, false, query);
    }

    /** {@return these rules, without a query} */
    public RedirectUriRules withoutQuery() {
        return new RedirectUriRules(plainHttp, loopback, ownSchemes, false);
    }

    /**
     * Checks a redirect URI.
     *
     * @param redirectUri the URI
     * @throws IllegalArgumentException if the provider would refuse it; the message names the rule
     */
    public void check(String redirectUri) {
        URI uri = parsed(redirectUri);
        if (uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw refused("a fragment or user info is not allowed; remove what stands after # or before @");
        }
        if (!query && uri.getRawQuery() != null) {
            throw refused("this provider takes no query in it; put what you need into your session");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "https" -> checkHost(uri);
            case "http" -> checkPlain(uri);
            default -> checkOwnScheme(scheme);
        }
    }

    private static URI parsed(String redirectUri) {
        try {
            URI uri = new URI(redirectUri);
            if (uri.getScheme() == null) {
                throw refused("not absolute; write it in full, as it is registered");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw refused("not a URI (" + e.getReason() + " at index " + e.getIndex() + ")");
        }
    }

    private void checkHost(URI uri) {
        if (uri.getHost() == null) {
            throw refused("has no host; write it in full, as in https://host/path");
        }
        if (!loopback && Urls.isLoopback(uri.getHost())) {
            throw refused("this provider takes no address of this machine; use a public https address");
        }
    }

    private void checkPlain(URI uri) {
        checkHost(uri);
        boolean own = loopback && Urls.isLoopback(uri.getHost());
        if (!own && !plainHttp) {
            throw refused(
                    "http is refused, since the code would travel in clear; use https (http goes to this machine, or to a"
                            + " provider's sandbox)");
        }
    }

    /** RFC 8252, section 7.1: a scheme of one's own is a domain name read backwards, which tells it from javascript and its kin. */
    private void checkOwnScheme(String scheme) {
        if (!ownSchemes || !scheme.contains(".")) {
            throw refused("the scheme " + scheme + " is not allowed here; use https"
                    + (ownSchemes ? ", or a scheme such as com.example.app" : ""));
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("redirectUri: " + why);
    }

    @Override
    public String toString() {
        return "RedirectUriRules[plainHttp=" + plainHttp + ", loopback=" + loopback + ", ownSchemes=" + ownSchemes
                + ", query=" + query + "]";
    }
}
