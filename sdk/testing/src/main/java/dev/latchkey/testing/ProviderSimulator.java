package dev.latchkey.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A simulator of one provider: its token endpoint and its API on one host and port of the loopback interface.
 *
 * <p>It enforces what the provider documents, in the order that the provider's texts suggest, and answers with the
 * documented statuses and bodies ({@link DocumentedError}). Where nothing is documented it is the stricter of what is
 * likely, and the simulator says so: what passes here is meant to pass at the real service.
 *
 * <p>A token request that breaks RFC 6749, section 3.2, in a way for which the provider documents no error (a query, a
 * parameter sent twice, an {@code Accept} that forbids JSON) is refused with {@code invalid_request} and the reason; so
 * is another method than POST, with status 405. Both are not documented by the providers, but taken to be so.
 *
 * <p>Requests for the token endpoint and for anything else are scripted apart: {@code next} and {@code always} answer
 * token requests, {@code nextApi} and {@code alwaysApi} answer API calls, {@code recover} clears both. {@code hold},
 * {@code release} and {@code awaitRequests} concern token requests. All settings may be changed while it runs and hold
 * from the next request on. Call {@link #close()} at the end.
 *
 * <p>Thread-safety: safe.
 */
public abstract class ProviderSimulator extends SimulatorControls {

    private final String tokenPath;
    private @Nullable ApiSite api;

    ProviderSimulator(SimulatorState state, Dialect dialect, String tokenPath) {
        super(state, dialect);
        this.tokenPath = tokenPath;
    }

    /** To be called once, at the end of the constructor: the token endpoint, then these, then the API at any path. */
    final void serve(TokenRules tokenRules, ApiRules apiRules, Lane... others) {
        SimulatorState state = state();
        ApiSite site = new ApiSite(apiRules, state.date()::on);
        api = site;
        Lane[] lanes = Arrays.copyOf(others, others.length + 1);
        lanes[others.length] = Lane.open(site, apiScript());
        host().serve(
                        new TokenEndpoint(new TokenEndpoint.TokenServer(
                                tokenPath, tokenRules, state.journal, state.jtis, state.date())),
                        lanes);
    }

    /** {@return scheme, host and port, such as {@code http://127.0.0.1:4711}} */
    public String baseUrl() {
        return host().origin();
    }

    /** {@return the address of the token endpoint} */
    public String tokenEndpoint() {
        return baseUrl() + tokenPath;
    }

    /** {@return how many token requests arrived, counted on the wire, held and refused ones included} */
    public int tokenRequestCount() {
        return tokenRequests().size();
    }

    /** {@return the token requests in the order of arrival, held ones included} */
    public List<RecordedTokenRequest> tokenRequests() {
        return state().journal.requests();
    }

    /** {@return how many API calls arrived, counted on the wire, refused ones included} */
    public int apiRequestCount() {
        return apiRequests().size();
    }

    /** {@return the API calls in the order of arrival} */
    public List<RecordedApiRequest> apiRequests() {
        return Objects.requireNonNull(api, "api").requests();
    }

    /** {@return every access token issued so far, in order} */
    public List<String> issuedTokens() {
        return state().accessTokens.values();
    }

    /**
     * {@return whether the token is good: an access token neither expired nor revoked, or a refresh token still to be
     * used}
     *
     * @param token the token
     */
    public boolean isActive(String token) {
        return state().accessTokens.state(token) == AccessTokens.State.ACTIVE
                || state().refreshTokens.isCurrent(token);
    }

    /**
     * {@return a sentence for every misuse, in order}
     *
     * <p>A misuse is what no client may do in any state of the world, such as a {@code jti} used again, a missing
     * parameter, a spent refresh token, or a credential where it does not belong. An expired assertion or an unknown key
     * is none.
     */
    public List<String> violations() {
        return state().journal.violations();
    }

    /** {@return how many assertions carried a {@code jti} that had been seen from the same client} */
    public int repeatedJtiCount() {
        return state().jtis.repeated();
    }

    /** {@return the address and the numbers of requests, no secret} */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + baseUrl() + ", " + tokenRequestCount() + " token requests, "
                + apiRequestCount() + " API requests]";
    }
}
