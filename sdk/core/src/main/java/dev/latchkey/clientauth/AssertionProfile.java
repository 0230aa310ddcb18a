package dev.latchkey.clientauth;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one authorization server wants to find in a client's assertion: audience, type, lifetime, key identification
 * and the algorithms it knows. Start with {@link #issuer()} or {@link #tokenEndpoint()} and change what differs.
 *
 * <p>The two disagree on purpose. RFC 10070 wants the issuer as sole audience, because an audience that a server may
 * choose lets one server use the assertion at another. Health platforms and most servers of before want the address of the
 * token endpoint.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc10070">RFC 10070: Updates to OAuth 2.0 JWT Client
 *     Authentication</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3: JWT Format and Processing
 *     Requirements</a>
 */
public final class AssertionProfile {
    private static final AssertionProfile OF_ISSUER =
            new AssertionProfile(new Draft(Audience.ISSUER, "client-authentication+jwt"));
    private static final AssertionProfile OF_TOKEN_ENDPOINT =
            new AssertionProfile(new Draft(Audience.TOKEN_ENDPOINT, "JWT"));

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Set<String> RESERVED = Set.of("iss", "sub", "aud", "iat", "exp", "jti", "nbf");

    private final String name;
    private final @Nullable String audience;
    private final String type;
    private final Duration lifetime;
    private final Map<String, String> claims;
    private final Set<JwsAlgorithm> algorithms;
    private final boolean keyIdRequired;
    private final @Nullable URI jwksUrl;
    private final boolean certificateThumbprint;

    private AssertionProfile(Draft draft) {
        this.name = draft.name;
        this.audience = draft.audience;
        this.type = draft.type;
        this.lifetime = draft.lifetime;
        this.claims = draft.claims;
        this.algorithms = draft.algorithms;
        this.keyIdRequired = draft.keyIdRequired;
        this.jwksUrl = draft.jwksUrl;
        this.certificateThumbprint = draft.certificateThumbprint;
    }

    /**
     * The profile of RFC 10070: the audience is the issuer identifier, as the only value; {@code typ} is
     * {@code client-authentication+jwt}; the assertion lives for 60 seconds.
     *
     * @return the profile
     */
    public static AssertionProfile issuer() {
        return OF_ISSUER;
    }

    /**
     * The profile of health platforms and older servers: the audience is the address of the token endpoint; {@code typ} is
     * {@code JWT}; the assertion lives for 60 seconds. Those servers allow 300 seconds at most.
     *
     * @return the profile
     */
    public static AssertionProfile tokenEndpoint() {
        return OF_TOKEN_ENDPOINT;
    }

    /**
     * Sets the audience to a text of its own, for a server that wants neither its issuer nor its token endpoint.
     * Default: the issuer or the token endpoint, as the profile it started from says.
     *
     * @param fixedAudience exactly what the server compares with
     * @return a profile with it
     * @throws IllegalArgumentException if it is blank or holds a control character
     */
    public AssertionProfile withAudience(String fixedAudience) {
        Draft draft = new Draft(this);
        draft.audience = Texts.requireText(fixedAudience, "audience");
        return new AssertionProfile(draft);
    }

    /**
     * Sets the {@code typ} of the header. Default: {@code client-authentication+jwt} or {@code JWT}, as the profile it
     * started from says.
     *
     * @param headerType the value
     * @return a profile with it
     * @throws IllegalArgumentException if it is blank or holds a control character
     */
    public AssertionProfile withType(String headerType) {
        Draft draft = new Draft(this);
        draft.type = Texts.requireText(headerType, "type");
        return new AssertionProfile(draft);
    }

    /**
     * Sets how long an assertion is good for, which is {@code exp} less {@code iat}. Default: 60 seconds. Shorter is
     * safer; some servers refuse more than 300 seconds.
     *
     * @param duration 1 second to 24 hours; a fraction of a second is cut off
     * @return a profile with it
     * @throws IllegalArgumentException if it is outside that range
     */
    public AssertionProfile withLifetime(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The lifetime of an assertion is " + duration
                    + ", but must be from 1 second to 24 hours. 60 seconds suit nearly every server.");
        }
        Draft draft = new Draft(this);
        draft.lifetime = Duration.ofSeconds(duration.toSeconds());
        return new AssertionProfile(draft);
    }

    /**
     * Adds a claim that the server asks for beside the registered ones. Default: none.
     *
     * @param claim its name; not one of {@code iss}, {@code sub}, {@code aud}, {@code iat}, {@code exp}, {@code jti},
     *     {@code nbf}
     * @param value its value; not a secret, for it may be printed
     * @return a profile with it; a claim of the same name is replaced
     * @throws IllegalArgumentException if the name is reserved, or a text is blank or holds a control character
     */
    public AssertionProfile withClaim(String claim, String value) {
        Texts.requireText(claim, "claim");
        if (RESERVED.contains(claim)) {
            throw new IllegalArgumentException("The claim \"" + claim + "\" is set for each assertion and cannot be"
                    + " fixed. For \"aud\" use withAudience, for \"exp\" withLifetime.");
        }
        Draft draft = new Draft(this);
        Map<String, String> more = new LinkedHashMap<>(claims);
        more.put(claim, Texts.requireText(value, "value of the claim \"" + Texts.printable(claim) + "\""));
        draft.claims = Collections.unmodifiableMap(more);
        return new AssertionProfile(draft);
    }

    /**
     * Names the algorithms that the server accepts, so that a key for another one is refused when the manager is
     * built. Default: any.
     *
     * @param accepted at least one
     * @return a profile with exactly these
     * @throws IllegalArgumentException if none is given
     */
    public AssertionProfile withAlgorithms(JwsAlgorithm... accepted) {
        Objects.requireNonNull(accepted, "accepted");
        if (accepted.length == 0) {
            throw new IllegalArgumentException(
                    "withAlgorithms needs at least one algorithm. Leave it out to allow any.");
        }
        Draft draft = new Draft(this);
        draft.algorithms = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(accepted)));
        return new AssertionProfile(draft);
    }

    /**
     * Makes a key without {@code kid} a mistake that shows when the manager is built. Default: a key may be without.
     *
     * @return a profile that needs a key id
     */
    public AssertionProfile withKeyIdRequired() {
        Draft draft = new Draft(this);
        draft.keyIdRequired = true;
        return new AssertionProfile(draft);
    }

    /**
     * Puts the address of the client's public keys into the header as {@code jku}. It must equal the one registered at
     * the server. Default: none.
     *
     * @param url an absolute {@code https} address without user information or fragment
     * @return a profile with it
     * @throws IllegalArgumentException if it is anything else
     */
    public AssertionProfile withJwksUrl(URI url) {
        Objects.requireNonNull(url, "url");
        boolean usable = "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
        if (!usable || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("jwksUrl must be an absolute https address without user information"
                    + " and fragment: the one under which the server finds the client's public keys.");
        }
        Draft draft = new Draft(this);
        draft.jwksUrl = url;
        return new AssertionProfile(draft);
    }

    /**
     * As {@link #withJwksUrl(URI)}.
     *
     * @param url an absolute {@code https} address without user information or fragment
     * @return a profile with it
     * @throws IllegalArgumentException if it is anything else
     */
    public AssertionProfile withJwksUrl(String url) {
        Objects.requireNonNull(url, "url");
        try {
            return withJwksUrl(URI.create(url));
        } catch (IllegalArgumentException e) {
            // The cause of a malformed address would quote it, and it might hold a password.
            throw new IllegalArgumentException("jwksUrl must be an absolute https address without user information"
                    + " and fragment, and without spaces.");
        }
    }

    /**
     * Puts the SHA-256 thumbprint of the key's certificate into the header as {@code x5t#S256}, by which Microsoft
     * Entra ID finds the key. The key must know its certificate. Default: not sent.
     *
     * @return a profile with it
     */
    public AssertionProfile withCertificateThumbprint() {
        Draft draft = new Draft(this);
        draft.certificateThumbprint = true;
        return new AssertionProfile(draft);
    }

    /** {@return the name of the profile it started from: {@code issuer} or {@code token-endpoint}} */
    public String name() {
        return name;
    }

    /** {@return the audience, if it is a fixed text; empty if it is the issuer or the token endpoint} */
    public Optional<String> audience() {
        return Optional.ofNullable(audience);
    }

    /** {@return the {@code typ} of the header} */
    public String type() {
        return type;
    }

    /** {@return how long an assertion is good for} */
    public Duration lifetime() {
        return lifetime;
    }

    /** {@return the claims that are added, in order; may be empty} */
    public Map<String, String> claims() {
        return claims;
    }

    /** {@return the algorithms that the server accepts; empty if any} */
    public Set<JwsAlgorithm> algorithms() {
        return algorithms;
    }

    /** {@return whether a key must have an id} */
    public boolean isKeyIdRequired() {
        return keyIdRequired;
    }

    /** {@return the address for {@code jku}, empty if it is not sent} */
    public Optional<URI> jwksUrl() {
        return Optional.ofNullable(jwksUrl);
    }

    /** {@return whether {@code x5t#S256} is sent} */
    public boolean hasCertificateThumbprint() {
        return certificateThumbprint;
    }

    /** {@return the settings; none is secret} */
    @Override
    public String toString() {
        return "AssertionProfile[name=" + name + ", audience=" + (audience == null ? name : audience) + ", type=" + type
                + ", lifetime=" + lifetime + ", algorithms=" + algorithms + "]";
    }

    String audienceFor(AuthenticationContext context) {
        if (audience != null) {
            return audience;
        }
        if (name.equals(Audience.TOKEN_ENDPOINT)) {
            return context.tokenEndpoint();
        }
        return context.issuer().orElseThrow(() -> new IllegalStateException(ProfileCheck.ISSUER_MISSING));
    }

    /** The names of the two audiences that are not fixed; the wire never sees them. */
    private static final class Audience {
        static final String ISSUER = "issuer";
        static final String TOKEN_ENDPOINT = "token-endpoint";
    }

    /** The same settings before they are frozen: a profile has too many for the arguments of a constructor. */
    private static final class Draft {

        private final String name;
        private @Nullable String audience;
        private String type;
        private Duration lifetime = Duration.ofSeconds(60);
        private Map<String, String> claims = Map.of();
        private Set<JwsAlgorithm> algorithms = Set.of();
        private boolean keyIdRequired;
        private @Nullable URI jwksUrl;
        private boolean certificateThumbprint;

        Draft(String name, String type) {
            this.name = name;
            this.type = type;
        }

        Draft(AssertionProfile profile) {
            this.name = profile.name;
            this.audience = profile.audience;
            this.type = profile.type;
            this.lifetime = profile.lifetime;
            this.claims = profile.claims;
            this.algorithms = profile.algorithms;
            this.keyIdRequired = profile.keyIdRequired;
            this.jwksUrl = profile.jwksUrl;
            this.certificateThumbprint = profile.certificateThumbprint;
        }
    }
}
