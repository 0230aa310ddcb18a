package dev.latchkey.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A document in which a server describes itself, as it was received from its own address.
 *
 * <p>Thread-safety: immutable.
 */
public final class MetadataDocument {
    private final String url;
    private final Map<String, Object> members;

    private MetadataDocument(String url, Map<String, Object> members) {
        this.url = url;
        this.members = members;
    }

    /**
     * Makes a document.
     *
     * @param url where it was fetched from
     * @param members its members: texts, numbers, booleans, lists and maps
     * @return the document
     */
    public static MetadataDocument of(String url, Map<String, Object> members) {
        return new MetadataDocument(Objects.requireNonNull(url, "url"), Map.copyOf(members));
    }

    /** {@return the host it was fetched from} */
    public String host() {
        return Objects.requireNonNullElse(URI.create(url).getHost(), url);
    }

    /**
     * {@return a member that is a text}
     *
     * @param name its name
     */
    public Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * {@return the texts of a member that is a list; empty where it is none}
     *
     * @param name its name
     */
    public List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /**
     * {@return whether a member is there and true}
     *
     * @param name its name
     */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /**
     * Gives a member that is an address.
     *
     * @param name the member
     * @return the address, empty where there is none
     * @throws IllegalArgumentException if it is one that no credential may be sent to
     */
    public Optional<String> url(String name) {
        return text(name).map(value -> checked(name, value));
    }

    /**
     * Gives a member that is an address and must be there.
     *
     * @param name the member
     * @return the address
     * @throws IllegalArgumentException if it is absent, or one that no credential may be sent to
     */
    public String requiredUrl(String name) {
        return url(name).orElseThrow(() -> new IllegalArgumentException(name + ": is absent"));
    }

    /** A document from elsewhere leads to hosts with names, over TLS: not to this machine, nor to addresses of a network (V-15). */
    private String checked(String name, String value) {
        String address = Urls.checked(name, value);
        if (isOfThisMachine(url)) {
            return address;
        }
        if (!address.startsWith("https:")) {
            throw new IllegalArgumentException(name + ": is not https");
        }
        String target = Objects.requireNonNullElse(URI.create(address).getHost(), "");
        if (Urls.isLoopback(target) || target.startsWith("[") || target.matches("[0-9.]+") || !target.contains(".")) {
            throw new IllegalArgumentException(
                    name + ": its host is an address of a network, not a name on the internet; if that"
                            + " is right, describe this provider with Provider.builder(...)");
        }
        return address;
    }

    private static boolean isOfThisMachine(String address) {
        return Urls.isLoopback(Objects.requireNonNullElse(URI.create(address).getHost(), ""));
    }

    @Override
    public String toString() {
        return "MetadataDocument[" + url + "]";
    }
}
