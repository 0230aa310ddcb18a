package dev.latchkey.clientauth;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For whom, to whom and when a client authenticates itself. Made by the token manager for each attempt.
 *
 * <p>Thread-safety: immutable.
 */
public final class AuthenticationContext {

    private final String clientId;
    private final Server server;
    private final Instant now;
    private final boolean clientIdParameter;

    private AuthenticationContext(String clientId, Server server, Instant now, boolean clientIdParameter) {
        this.clientId = clientId;
        this.server = server;
        this.now = now;
        this.clientIdParameter = clientIdParameter;
    }

    /**
     * Starts with a client, a token endpoint and the time.
     *
     * @param clientId the identifier that the server gave the client; not blank
     * @param tokenEndpoint the address of the token endpoint, as the server spells it
     * @param now the time for {@code iat} and {@code exp}, already corrected if the clock is known to be off
     * @return a context without issuer
     * @throws IllegalArgumentException if a text is blank or holds a control character
     */
    public static AuthenticationContext of(String clientId, String tokenEndpoint, Instant now) {
        Server server = new Server(Texts.requireText(tokenEndpoint, "tokenEndpoint"), null, null);
        Objects.requireNonNull(now, "now");
        return new AuthenticationContext(Texts.requireText(clientId, "clientId"), server, now, true);
    }

    /**
     * Adds the issuer identifier of the server.
     *
     * @param issuer as the server spells it, a slash at its end included
     * @return a context with it
     * @throws IllegalArgumentException if it is blank or holds a control character
     */
    public AuthenticationContext withIssuer(String issuer) {
        Texts.requireText(issuer, "issuer");
        return with(new Server(server.tokenEndpoint(), issuer, server.profile()));
    }

    /**
     * Says what the server wants to find in an assertion. Default: {@link AssertionProfile#issuer()} where the issuer
     * is known, else {@link AssertionProfile#tokenEndpoint()}.
     *
     * @param profile the profile
     * @return a context with it
     */
    public AuthenticationContext withProfile(AssertionProfile profile) {
        Objects.requireNonNull(profile, "profile");
        return with(new Server(server.tokenEndpoint(), server.issuer(), profile));
    }

    /**
     * Moves the context to another time.
     *
     * @param time the time for {@code iat} and {@code exp}
     * @return a context at that time
     */
    public AuthenticationContext withNow(Instant time) {
        Objects.requireNonNull(time, "time");
        return new AuthenticationContext(clientId, server, time, clientIdParameter);
    }

    /**
     * Leaves out the parameter {@code client_id} beside an assertion, for the rare server that refuses it there, or where
     * there is no client authentication, for a server that knows the client by a header. Default: it is sent. With a client
     * secret in the body it is sent all the same.
     *
     * @return a context without the parameter
     */
    public AuthenticationContext withoutClientIdParameter() {
        return new AuthenticationContext(clientId, server, now, false);
    }

    /** {@return the client's identifier} */
    public String clientId() {
        return clientId;
    }

    /** {@return the address of the token endpoint} */
    public String tokenEndpoint() {
        return server.tokenEndpoint();
    }

    /** {@return the issuer identifier of the server, empty if not known} */
    public Optional<String> issuer() {
        return Optional.ofNullable(server.issuer());
    }

    /** {@return what the server wants to find in an assertion} */
    public AssertionProfile profile() {
        AssertionProfile profile = server.profile();
        if (profile != null) {
            return profile;
        }
        return server.issuer() == null ? AssertionProfile.tokenEndpoint() : AssertionProfile.issuer();
    }

    /** {@return the time for {@code iat} and {@code exp}} */
    public Instant now() {
        return now;
    }

    /** {@return whether {@code client_id} is sent beside an assertion} */
    public boolean clientIdParameter() {
        return clientIdParameter;
    }

    /** {@return the client, the endpoint, the profile and the time} */
    @Override
    public String toString() {
        return "AuthenticationContext[clientId=" + clientId + ", tokenEndpoint=" + server.tokenEndpoint() + ", profile="
                + profile().name() + ", now=" + now + "]";
    }

    private AuthenticationContext with(Server changed) {
        return new AuthenticationContext(clientId, changed, now, clientIdParameter);
    }

    private record Server(
            String tokenEndpoint,
            @Nullable String issuer,
            @Nullable AssertionProfile profile) {}
}
