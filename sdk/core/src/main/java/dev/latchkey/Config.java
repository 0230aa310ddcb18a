package dev.latchkey;

import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.PrivateKeyJwt;
import dev.latchkey.grant.ClientCredentialsGrant;
import dev.latchkey.grant.DeprecatedPasswordGrant;
import dev.latchkey.grant.Grant;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a manager after all checks.
 *
 * @param provider the provider, with the additions of the user
 * @param clientId the client
 * @param clientAuthentication how the client proves itself
 * @param context what an authentication is made for, but for the time
 * @param settings the rest, each with its default
 */
record Config(
        Provider provider,
        String clientId,
        ClientAuthentication clientAuthentication,
        AuthenticationContext context,
        Settings settings) {
    static Config of(Provider provider, Settings settings) {
        Checks.url("tokenEndpoint", provider.tokenEndpoint());
        provider.apiOrigins().forEach(origin -> Checks.url("apiOrigin", origin));
        String clientId = clientId(provider, settings);
        checkGrant(provider, settings);
        scope(provider, settings.scope);
        ClientAuthentication authentication = clientAuthentication(provider, settings);
        AuthenticationContext context = context(provider, clientId, settings);
        authentication.check(context);
        return new Config(provider, clientId, authentication, context, settings);
    }

    private static String clientId(Provider provider, Settings settings) {
        String clientId = settings.clientId == null ? provider.clientId().orElse(null) : settings.clientId;
        if (clientId == null) {
            throw new IllegalArgumentException(
                    "clientId: not set; add .clientId(…) with the identifier from the provider's page");
        }
        return clientId;
    }

    private static void checkGrant(Provider provider, Settings settings) {
        if (settings.passwordGrant != null && !provider.offers(DeprecatedPasswordGrant.TYPE)) {
            throw new IllegalArgumentException(
                    "passwordGrant: " + provider.name()
                            + " does not document this grant, which RFC 9700 deprecates; remove the setting, and let people sign in");
        }
    }

    /** {@return the scope to ask for: the one given, otherwise the provider's} */
    static Scope scope(Provider provider, Scope given) {
        Scope scope = given.isEmpty() ? provider.defaultScope() : given;
        if (scope.isEmpty() && provider.scopeRequired()) {
            throw new IllegalArgumentException("scope: not set, and " + provider.name()
                    + " refuses requests without one; add .scope(\"…\") with what this client is registered for");
        }
        return scope;
    }

    /** {@return what entitles the client to its own token of that scope} */
    Grant grant(Scope scope) {
        DeprecatedPasswordGrant password = settings.passwordGrant;
        return password == null ? ClientCredentialsGrant.of(scope) : password.withScope(scope);
    }

    /** {@return the key of the client's own token} */
    TokenKey key() {
        TokenKey key = TokenKey.of(
                        provider.tokenEndpoint(), clientId, grant(Scope.none()).type())
                .withScope(scope(provider, settings.scope))
                .withVariant(Variant.of(provider));
        DeprecatedPasswordGrant password = settings.passwordGrant;
        return password == null ? key : key.withSubject(password.username());
    }

    private static AuthenticationContext context(Provider provider, String clientId, Settings settings) {
        AuthenticationContext context = AuthenticationContext.of(
                        clientId, provider.tokenEndpoint(), settings.time.now())
                .withProfile(provider.assertionProfile());
        if (provider.issuer().isPresent()) {
            context = context.withIssuer(provider.issuer().get());
        }
        return provider.clientIdParameter() ? context : context.withoutClientIdParameter();
    }

    private static ClientAuthentication clientAuthentication(Provider provider, Settings settings) {
        List<ClientAuthentication> given = new ArrayList<>();
        if (settings.clientAuthentication != null) {
            given.add(settings.clientAuthentication);
        }
        if (!settings.signingKeys.isEmpty()) {
            given.add(PrivateKeyJwt.of(settings.signingKeys));
        }
        if (settings.clientSecret != null) {
            given.add(provider.clientSecretAuthentication(settings.clientSecret));
        }
        if (given.isEmpty() && provider.clientAuthentication().isPresent()) {
            given.add(provider.clientAuthentication().get());
        }
        if (given.size() != 1) {
            throw new IllegalArgumentException("clientAuthentication: " + (given.isEmpty() ? "none" : "more than one")
                    + " is set; set exactly one of signingKey(…), clientSecret(…) and clientAuthentication(…)");
        }
        return withJcaProvider(given.get(0), settings);
    }

    private static ClientAuthentication withJcaProvider(ClientAuthentication authentication, Settings settings) {
        if (settings.jcaProvider == null) {
            return authentication;
        }
        if (authentication instanceof PrivateKeyJwt privateKeyJwt) {
            return privateKeyJwt.withJcaProvider(settings.jcaProvider);
        }
        throw new IllegalArgumentException(
                "jcaProvider: is set, but the client does not sign with a key; remove it or set signingKey(…)");
    }
}
