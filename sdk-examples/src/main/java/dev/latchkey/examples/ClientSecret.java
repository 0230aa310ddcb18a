package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.ClientSecretPost;

/** A client that has a secret in place of a key. */
public final class ClientSecret {
    private ClientSecret() {}

    /**
     * Sends the secret in the {@code Authorization} header, as {@code client_secret_basic} has it.
     *
     * @param tokenEndpoint the URL of the token endpoint
     * @param clientSecret the secret, from the environment or a secret store
     * @return a token manager
     */
    public static TokenManager basic(String tokenEndpoint, String clientSecret) {
        // begin: client secret
        return TokenManager.builder(tokenEndpoint)
                .clientId("my-client")
                .clientSecret(clientSecret)
                .build();
        // end: client secret
    }

    /**
     * Sends the secret as a form parameter, for a server that takes no other way.
     *
     * @param tokenEndpoint the URL of the token endpoint
     * @param clientSecret the secret, from the environment or a secret store
     * @return a token manager
     */
    public static TokenManager post(String tokenEndpoint, String clientSecret) {
        return TokenManager.builder(tokenEndpoint)
                .clientId("my-client")
                .clientAuthentication(ClientSecretPost.of(clientSecret))
                .build();
    }
}
