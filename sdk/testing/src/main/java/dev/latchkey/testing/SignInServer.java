package dev.latchkey.testing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the fake authorization server can do for people; its members show up as those of the server. */
abstract class SignInServer extends ScriptedServer {

    SignInServer(Host host) {
        super(host);
    }

    abstract SignInParts parts();

    /** {@return the address of the authorization endpoint} */
    public String authorizationEndpoint() {
        return parts().endpoints().authorization();
    }

    /** {@return the address of the server's public keys, with which ID tokens are checked} */
    public String jwksUri() {
        return parts().endpoints().jwks();
    }

    /** {@return the address of the revocation endpoint} */
    public String revocationEndpoint() {
        return parts().endpoints().revocation();
    }

    /** {@return the address of the introspection endpoint} */
    public String introspectionEndpoint() {
        return parts().endpoints().introspection();
    }

    /**
     * {@return the callback URI, as if a person had opened the address, signed in and agreed: with {@code code}, or with
     * {@code error} where the request is wrong}
     *
     * @param authorizationUrl the address of the authorization endpoint with the request's parameters
     * @param userId the person, who need not be registered
     * @throws AssertionError if a real server would show a page and redirect nobody: an unknown client, an unknown
     *     redirect URI, another address
     */
    public String signIn(String authorizationUrl, String userId) {
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        return parts().page().open(authorizationUrl, authorizationEndpoint(), Person.agreeing(userId));
    }

    /**
     * {@return the callback URI, as if a person had opened the address and declined: with the error {@code
     * access_denied}, or another where the request is wrong}
     *
     * @param authorizationUrl the address of the authorization endpoint with the request's parameters
     * @throws AssertionError if a real server would show a page and redirect nobody
     */
    public String decline(String authorizationUrl) {
        Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        return parts().page().open(authorizationUrl, authorizationEndpoint(), Person.DECLINING);
    }

    /**
     * Announces who signs in and agrees at the next good request over HTTP to the authorization endpoint, behind those
     * announced already. It is answered with a redirect at once; where nobody is announced, with a page.
     *
     * @param userId the person, who need not be registered
     */
    public void nextPerson(String userId) {
        parts().site().announce(Person.agreeing(userId));
    }

    /** Announces a person who declines, as {@link #nextPerson} announces one who agrees. */
    public void nextPersonDeclines() {
        parts().site().announce(Person.DECLINING);
    }

    /**
     * Tells whether callbacks carry {@code iss} and the discovery document says so (RFC 9207).
     *
     * @param send whether they do. Default: true
     */
    public void sendIssuer(boolean send) {
        parts().rules().sendIssuer(send);
    }

    /**
     * Makes another key, which signs ID tokens from now on. The former one is published until the next change, those
     * before it no more.
     */
    public void rotateSigningKey() {
        parts().keys().rotate();
    }

    /**
     * Sets a claim of ID tokens to another value than the right one, until {@link #recover()}.
     *
     * @param name the claim, such as {@code nonce}
     * @param value a text, a number, a boolean or a list; null leaves the claim out
     */
    public void idTokenClaim(String name, @Nullable Object value) {
        parts().idTokens().override(Objects.requireNonNull(name, "name"), value);
    }

    /**
     * Tells whether the signatures of ID tokens are wrong.
     *
     * @param corrupt whether they are. Default: false
     */
    public void corruptIdTokens(boolean corrupt) {
        parts().idTokens().corrupt(corrupt);
    }

    /** Forgets every scripted answer and every wrong ID token: from the next request on, it is well. */
    @Override
    public void recover() {
        super.recover();
        parts().idTokens().recover();
    }

    /** {@return how many authorization requests were made, over HTTP or by the test as a person} */
    public int authorizationRequestCount() {
        return parts().page().visits();
    }

    /** {@return how many revocation requests arrived, counted on the wire, refused ones included} */
    public int revocationCount() {
        return parts().revocations();
    }

    /** {@return how many introspection requests arrived, counted on the wire, refused ones included} */
    public int introspectionCount() {
        return parts().introspections();
    }
}
