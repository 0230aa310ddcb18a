package dev.latchkey.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Discovery;
import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.clientauth.NoAuthentication;
import dev.latchkey.error.OAuthException;
import dev.latchkey.event.EventListener;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.ProviderMetadata;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Managers of clients that people sign in with, and a person who does. */
final class SignIn {
    private final Keycloak keycloak;
    private final EventListener events;

    SignIn(Keycloak keycloak, EventListener events) {
        this.keycloak = keycloak;
        this.events = events;
    }

    /** {@return what Keycloak says of itself} */
    static Provider provider(KeycloakServer server) throws OAuthException {
        return Discovery.of(ProviderMetadata.ofIssuer(server.issuer())).fetch();
    }

    TokenManager.Builder manager(String clientId) throws OAuthException {
        return manager(clientId, provider(keycloak.server()));
    }

    TokenManager.Builder manager(String clientId, Provider provider) {
        TokenManager.Builder manager = keycloak.manager(provider, clientId, events)
                .apiOrigin(keycloak.server().origin())
                .scope("openid");
        boolean keyed = clientId.equals(People.KEY_CLIENT) || clientId.equals(People.SHORT_KEY_CLIENT);
        return keyed
                ? manager.signingKey(keycloak.realm().ec())
                : manager.clientAuthentication(NoAuthentication.create());
    }

    static PendingLogin begun(TokenManager tokens) throws OAuthException {
        return tokens.login().begin(LoginRequest.of(People.CALLBACK));
    }

    /** {@return the callback of a person who signs in with a browser that was never used} */
    String callback(PendingLogin pending) throws IOException {
        Browser browser = new Browser();
        browser.open(pending.authorizationUrl());
        return browser.signIn(People.USER, keycloak.realm().people().password())
                .orElseThrow(() -> new IOException("no callback, but this page: " + browser.page()));
    }

    LoginOutcome.SignedIn completed(TokenManager tokens, PendingLogin pending, String callback) throws OAuthException {
        LoginOutcome outcome = tokens.login().complete(pending, callback);
        keycloak.figures().signedIn();
        return (LoginOutcome.SignedIn) outcome;
    }

    LoginOutcome.SignedIn signedIn(TokenManager tokens) throws IOException {
        PendingLogin pending = begun(tokens);
        return completed(tokens, pending, callback(pending));
    }

    /** {@return what userinfo answers to a call with this user's token} */
    String userinfo(TokenManager tokens, TokenSource user) throws IOException {
        OkHttpClient api =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder()
                .url(keycloak.server().userinfo())
                .tag(TokenSource.class, user)
                .build();
        try (Response response = api.newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
            return response.body().string();
        }
    }
}
