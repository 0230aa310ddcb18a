package dev.latchkey.provider;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How people sign in at a provider. Every setter gives a new profile.
 *
 * <p>Thread-safety: immutable.
 */
public final class LoginProfile {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final RedirectUriRules redirectUriRules;
    private final Map<String, String> parameters;
    private final Map<String, String> headers;
    private final Duration life;
    private final boolean byClient;
    private final boolean issuerInCallback;

    private LoginProfile(Draft draft) {
        redirectUriRules = draft.redirectUriRules;
        parameters = Collections.unmodifiableMap(draft.parameters);
        headers = Collections.unmodifiableMap(draft.headers);
        life = draft.life;
        byClient = draft.byClient;
        issuerInCallback = draft.issuerInCallback;
    }

    /** {@return the profile of RFC 6749: the browser asks, no further parameter, 10 minutes} */
    public static LoginProfile standard() {
        return new LoginProfile(new Draft());
    }

    /**
     * Sets which redirect URIs the provider takes. Default: {@link RedirectUriRules#standard()}.
     *
     * @param rules the rules
     * @return a profile with them
     */
    public LoginProfile withRedirectUriRules(RedirectUriRules rules) {
        Draft draft = new Draft(this);
        draft.redirectUriRules = Objects.requireNonNull(rules, "rules");
        return new LoginProfile(draft);
    }

    /**
     * Adds a parameter to every authorization request. Default: none beside those of RFC 6749 and RFC 7636.
     *
     * @param name the parameter name
     * @param value the parameter value; a browser's address line will show it
     * @return a profile with it
     */
    public LoginProfile withParameter(String name, String value) {
        Draft draft = new Draft(this);
        draft.parameters.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new LoginProfile(draft);
    }

    /**
     * Adds a header to every request of a sign-in that the client makes, other than token requests. Default: none.
     *
     * @param name the field name
     * @param value the field value; kept out of every message
     * @return a profile with it
     * @throws IllegalArgumentException if no request could carry it, or the SDK sets it itself
     */
    public LoginProfile withHeader(String name, String value) {
        HeaderChecks.check(name, value);
        Draft draft = new Draft(this);
        draft.headers.put(name, value);
        return new LoginProfile(draft);
    }

    /**
     * Sets how long a person may take. Default: 10 minutes.
     *
     * @param duration the time from the beginning of the sign-in to the callback
     * @return a profile with it
     * @throws IllegalArgumentException if it is not positive, or above a day
     */
    public LoginProfile withLife(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "life: " + duration + " is not above zero and at most a day; correct it or leave it out");
        }
        Draft draft = new Draft(this);
        draft.life = duration;
        return new LoginProfile(draft);
    }

    /**
     * Has the client itself make the authorization request: its answer, a redirect or a JSON member {@code url}, says where to
     * send the browser. Default: the browser makes it.
     *
     * @return a profile that says so
     */
    public LoginProfile withRequestByClient() {
        Draft draft = new Draft(this);
        draft.byClient = true;
        return new LoginProfile(draft);
    }

    /**
     * Says that every callback names the issuer, so that one without it is refused (RFC 9207, section 2.4). Default: it may be
     * absent; where it is there, it is compared.
     *
     * @return a profile that says so
     */
    public LoginProfile withIssuerInCallback() {
        Draft draft = new Draft(this);
        draft.issuerInCallback = true;
        return new LoginProfile(draft);
    }

    /** {@return which redirect URIs the provider takes} */
    public RedirectUriRules redirectUriRules() {
        return redirectUriRules;
    }

    /** {@return parameters of every authorization request, beside those of RFC 6749 and RFC 7636} */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** {@return headers of every request of a sign-in that the client makes, by name; values may be secret} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return how long a person may take} */
    public Duration life() {
        return life;
    }

    /** {@return whether the client itself makes the authorization request} */
    public boolean isRequestByClient() {
        return byClient;
    }

    /** {@return whether every callback names the issuer} */
    public boolean hasIssuerInCallback() {
        return issuerInCallback;
    }

    /** {@return what is set, never the value of a header} */
    @Override
    public String toString() {
        return "LoginProfile[" + redirectUriRules + ", parameters=" + parameters.keySet() + ", headers="
                + headers.keySet() + ", life=" + life + "]";
    }

    private static final class Draft {
        private RedirectUriRules redirectUriRules = RedirectUriRules.standard();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Duration life = Duration.ofMinutes(10);
        private boolean byClient;
        private boolean issuerInCallback;

        Draft() {}

        Draft(LoginProfile profile) {
            redirectUriRules = profile.redirectUriRules;
            parameters.putAll(profile.parameters);
            headers.putAll(profile.headers);
            life = profile.life;
            byClient = profile.byClient;
            issuerInCallback = profile.issuerInCallback;
        }
    }
}
