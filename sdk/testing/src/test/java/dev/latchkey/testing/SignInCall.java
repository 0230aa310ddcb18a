package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import okhttp3.HttpUrl;
import okio.ByteString;

/** An authorization request made by hand. Mutable. */
final class SignInCall {

    static final String VERIFIER = "v".repeat(43);
    static final String REDIRECT = "https://app.example.com/callback";

    private final HttpUrl.Builder url;

    private SignInCall(String endpoint) {
        url = HttpUrl.get(endpoint).newBuilder();
    }

    /** A good one. */
    static SignInCall to(String endpoint, String clientId) {
        return new SignInCall(endpoint)
                .with("client_id", clientId)
                .with("response_type", "code")
                .with("redirect_uri", REDIRECT)
                .with("state", "a b&c")
                .with("code_challenge", challenge(VERIFIER))
                .with("code_challenge_method", "S256");
    }

    static String challenge(String verifier) {
        byte[] hash = ByteString.of(verifier.getBytes(StandardCharsets.US_ASCII))
                .sha256()
                .toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    SignInCall with(String name, String value) {
        url.setQueryParameter(name, value);
        return this;
    }

    SignInCall more(String name, String value) {
        url.addQueryParameter(name, value);
        return this;
    }

    SignInCall without(String name) {
        url.removeAllQueryParameters(name);
        return this;
    }

    String url() {
        return url.build().toString();
    }

    /** A parameter of a callback, empty where it is absent. */
    static String of(String callback, String name) {
        return Objects.requireNonNullElse(HttpUrl.get(callback).queryParameter(name), "");
    }
}
