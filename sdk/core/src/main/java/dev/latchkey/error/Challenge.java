package dev.latchkey.error;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header: what a server asks of those who come in.
 *
 * <p>Schemes and names of parameters are compared without regard to case. Values are text of the server, escaped and
 * bounded; addresses among them are shown, never opened.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1, WWW-Authenticate</a>
 */
public final class Challenge {
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_TEXT = 1024;

    private final String scheme;
    private final Map<String, String> parameters;

    private Challenge(String scheme, Map<String, String> parameters) {
        this.scheme = scheme;
        this.parameters = parameters;
    }

    /**
     * Makes a challenge.
     *
     * @param scheme the scheme as it was sent
     * @param parameters the parameters as they were sent; 32 of them are kept, 1024 characters of each
     * @return the challenge
     */
    public static Challenge of(String scheme, Map<String, String> parameters) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> each :
                Objects.requireNonNull(parameters, "parameters").entrySet()) {
            if (copy.size() < MAX_PARAMETERS) {
                copy.put(Printable.escape(each.getKey(), MAX_TEXT), Printable.escape(each.getValue(), MAX_TEXT));
            }
        }
        String name = Printable.escape(Objects.requireNonNull(scheme, "scheme"), MAX_TEXT);
        return new Challenge(name, Collections.unmodifiableMap(copy));
    }

    /** {@return the scheme as it was sent, for example {@code Bearer}} */
    public String scheme() {
        return scheme;
    }

    /**
     * {@return whether this challenge is of a scheme, without regard to case}
     *
     * @param name the scheme to compare with
     */
    public boolean hasScheme(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** {@return the {@code realm}, where there is one} */
    public Optional<String> realm() {
        return parameter("realm");
    }

    /** {@return the {@code error} of RFC 6750, section 3} */
    public Optional<ErrorCode> error() {
        return parameter("error").filter(code -> !code.isBlank()).map(ErrorCode::of);
    }

    /** {@return the {@code error_description} of RFC 6750, section 3} */
    public Optional<String> errorDescription() {
        return parameter("error_description").filter(text -> !text.isBlank());
    }

    /** {@return the {@code scope} that would do, as sent: names separated by spaces} */
    public Optional<String> scope() {
        return parameter("scope");
    }

    /** {@return the {@code resource_metadata} address of RFC 9728, section 5.1, as text} */
    public Optional<String> resourceMetadata() {
        return parameter("resource_metadata");
    }

    /** {@return all parameters; names are looked up without regard to case} */
    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * {@return a parameter, where it was sent}
     *
     * @param name its name, in any case
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(Objects.requireNonNull(name, "name")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Challenge that && hasScheme(that.scheme) && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * scheme.toLowerCase(Locale.ROOT).hashCode() + parameters.size();
    }

    @Override
    public String toString() {
        return scheme + parameters;
    }
}
