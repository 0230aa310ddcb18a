package dev.latchkey.login;

import dev.latchkey.error.LoginException;
import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.internal.json.JsonText;
import dev.latchkey.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A sign-in that waits for the person. Send the browser to {@link #authorizationUrl()}, keep {@link #toText()} in the person's own
 * session, and complete it with the callback before {@link #deadline()}.
 *
 * <p>The text holds a secret (the code verifier): keep it in a session on the server, or in a cookie that is encrypted and
 * {@code HttpOnly}; never in a URL or in anything that a browser's scripts can read. It must be the session of the very browser that
 * was sent away, or the sign-in of one person could be ended by another.
 *
 * <p>Thread-safety: immutable.
 */
public final class PendingLogin {
    private static final String VERSION = "1";

    private final String redirectUri;
    private final String authorizationUrl;
    private final Instant deadline;
    private final Secrets secrets;
    private final String begunAt;

    PendingLogin(String redirectUri, String authorizationUrl, Instant deadline, Secrets secrets, String begunAt) {
        this.redirectUri = redirectUri;
        this.authorizationUrl = authorizationUrl;
        this.deadline = deadline;
        this.secrets = secrets;
        this.begunAt = begunAt;
    }

    /** {@return where to send the browser} */
    public String authorizationUrl() {
        return authorizationUrl;
    }

    /** {@return where the person comes back} */
    public String redirectUri() {
        return redirectUri;
    }

    /** {@return when the sign-in is over; a page can count down to it} */
    public Instant deadline() {
        return deadline;
    }

    /**
     * Sends the browser elsewhere: where the provider's answer to the authorization request says.
     *
     * @param url the address
     * @return the same sign-in with it
     */
    public PendingLogin withAuthorizationUrl(String url) {
        return new PendingLogin(redirectUri, Objects.requireNonNull(url, "url"), deadline, secrets, begunAt);
    }

    /** {@return this as a text to keep in the person's session; it holds a secret} */
    public String toText() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("v", VERSION);
        members.put("redirect_uri", redirectUri);
        members.put("url", authorizationUrl);
        members.put("deadline", deadline.toString());
        members.put("state", secrets.state());
        members.put("nonce", secrets.nonce());
        members.put("verifier", secrets.verifier());
        members.put("at", begunAt);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonText.write(members));
    }

    /**
     * Reads what {@link #toText()} gave.
     *
     * @param text the text
     * @return the sign-in
     * @throws IllegalArgumentException if it is not such a text; nothing of it is shown
     */
    public static PendingLogin parse(String text) {
        try {
            byte[] decoded = Base64.getUrlDecoder()
                    .decode(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
            JsonObject json = JsonObject.read(decoded);
            if (!member(json, "v").equals(VERSION)) {
                throw unreadable();
            }
            return new PendingLogin(
                    member(json, "redirect_uri"),
                    member(json, "url"),
                    Instant.parse(member(json, "deadline")),
                    new Secrets(member(json, "state"), json.text("nonce").orElse(""), member(json, "verifier")),
                    member(json, "at"));
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            throw unreadable();
        }
    }

    private static String member(JsonObject json, String name) {
        return json.words(name).orElseThrow(PendingLogin::unreadable);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "text: is not what PendingLogin.toText() gave; have the person begin again, and keep"
                        + " the text whole, in one session");
    }

    /**
     * Judges a callback. Nothing is sent.
     *
     * @param callback the whole URI under which the person came back
     * @param provider the provider that was asked
     * @param clientId the client
     * @param now the time
     * @return the code to exchange, or that the person declined
     * @throws LoginException if the callback is not an answer to this sign-in, comes too late, or says that it failed
     */
    public CallbackAnswer answer(String callback, Provider provider, String clientId, Instant now)
            throws LoginException {
        Callback answer = Callback.of(Objects.requireNonNull(callback, "callback"), provider);
        if (!CallbackParameters.same(begunAt, place(provider, clientId))) {
            throw answer.ofAnotherPlace();
        }
        return answer.judged(this, now);
    }

    /** Where a sign-in belongs: the code and its verifier go nowhere else. */
    static String place(Provider provider, String clientId) {
        return Pkce.challenge(provider.tokenEndpoint() + " " + clientId);
    }

    /** {@return a digest of the state, by which an answer is known that was taken before} */
    public String id() {
        return Pkce.challenge(secrets.state());
    }

    Secrets secrets() {
        return secrets;
    }

    /**
     * Judges the claims of an ID token whose signature is good (OpenID Connect Core, section 3.1.3.7).
     *
     * @param claims the claims
     * @param issuer the issuer that was asked
     * @param clientId the client
     * @param now the time
     * @return what is wrong, naming the claim; empty where nothing is
     */
    public Optional<String> faultOf(Map<String, Object> claims, String issuer, String clientId, Instant now) {
        return new IdTokenClaims(issuer, clientId, this, now).fault(claims);
    }

    boolean hasNonce(String nonce) {
        return CallbackParameters.same(secrets.nonce(), nonce);
    }

    /** {@return whether an ID token was asked for} */
    public boolean expectsIdToken() {
        return !secrets.nonce().isEmpty();
    }

    /** {@return until when the person may come back, nothing secret} */
    @Override
    public String toString() {
        return "PendingLogin[deadline=" + deadline + "]";
    }
}
