package dev.latchkey.internal.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The origins that credentials may be sent to. Decided on the URL that is sent, since parsers disagree about URLs.
 *
 * <p>Thread-safety: immutable.
 */
public final class Origins {
    private final List<Origin> allowed;

    private record Origin(String scheme, String host, int port) {
        static Origin of(HttpUrl url) {
            return new Origin(url.scheme(), url.host(), url.port());
        }

        boolean isOf(HttpUrl url) {
            return port == url.port() && host.equals(url.host()) && scheme.equals(url.scheme());
        }

        @Override
        public String toString() {
            String name = host.contains(":") ? "[" + host + "]" : host;
            return scheme + "://" + name + (port == HttpUrl.defaultPort(scheme) ? "" : ":" + port);
        }
    }

    private Origins(Set<Origin> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * Allows the origins of these URLs.
     *
     * @param urls URLs that were checked to be https, or http to loopback
     * @return the origins
     */
    public static Origins of(Collection<String> urls) {
        Set<Origin> origins = new LinkedHashSet<>();
        urls.forEach(url -> origins.add(Origin.of(HttpUrl.get(url))));
        return new Origins(origins);
    }

    /** {@return whether credentials may go to this URL} */
    public boolean allow(HttpUrl url) {
        for (Origin origin : allowed) {
            if (origin.isOf(url)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the origin of a URL, as a setting takes it} */
    public static String originOf(HttpUrl url) {
        return Origin.of(url).toString();
    }

    /** {@return the origins, for messages} */
    @Override
    public String toString() {
        return String.join(", ", allowed.stream().map(Origin::toString).sorted().toList());
    }
}
