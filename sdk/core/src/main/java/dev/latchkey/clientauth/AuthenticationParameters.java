package dev.latchkey.clientauth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one token request must carry so that the client is authenticated: header fields and form parameters. Each is
 * good for one attempt.
 *
 * <p>The values are secret. {@code toString} prints names only.
 *
 * <p>Thread-safety: immutable.
 */
public final class AuthenticationParameters {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Map<String, String> headers;
    private final Map<String, String> parameters;
    private final Map<String, Object> assertionHeader;
    private final Map<String, Object> assertionClaims;

    private final List<String> secrets;

    private AuthenticationParameters(
            Map<String, String> headers,
            Map<String, String> parameters,
            UnsignedAssertion assertion,
            List<String> secrets) {
        this.headers = headers;
        this.secrets = secrets;
        this.parameters = parameters;
        this.assertionHeader = assertion.header();
        this.assertionClaims = assertion.claims();
    }

    static AuthenticationParameters ofHeader(String name, String value, List<String> secrets) {
        return new AuthenticationParameters(
                Map.of(name, value), Map.of(), UnsignedAssertion.NONE, List.copyOf(secrets));
    }

    static AuthenticationParameters ofParameters(Map<String, String> parameters) {
        return new AuthenticationParameters(Map.of(), ordered(parameters), UnsignedAssertion.NONE, List.of());
    }

    /** RFC 7523, section 2.2: one assertion, its type, and {@code client_id}, which is the same as its {@code sub}. */
    static AuthenticationParameters ofAssertion(
            AuthenticationContext context, UnsignedAssertion assertion, String compact) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (context.clientIdParameter()) {
            parameters.put("client_id", context.clientId());
        }
        parameters.put("client_assertion_type", ASSERTION_TYPE);
        parameters.put("client_assertion", compact);
        return new AuthenticationParameters(Map.of(), ordered(parameters), assertion, List.of());
    }

    /** {@return header fields to set, by name; may be empty} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return form parameters to add, in the order in which they should be sent; may be empty} */
    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * {@return the header of the assertion, empty if there is none; it holds no secret, so that an error can say what
     * was sent}
     */
    public Map<String, Object> assertionHeader() {
        return assertionHeader;
    }

    /**
     * {@return the claims of the assertion, empty if there is none; without the signature they are of no use to
     * anybody, so that an error can say what was sent. Instants are seconds since 1970}
     */
    public Map<String, Object> assertionClaims() {
        return assertionClaims;
    }

    /**
     * {@return the secrets inside the header fields, in every form in which a server could send them back, so that they can
     * be masked there; may be empty}
     */
    public List<String> secrets() {
        return secrets;
    }

    /** {@return the names of the header fields and parameters, without values} */
    @Override
    public String toString() {
        return "AuthenticationParameters[headers=" + headers.keySet() + ", parameters=" + parameters.keySet() + "]";
    }

    private static Map<String, String> ordered(Map<String, String> parameters) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
