package dev.latchkey.examples.quickstart;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;

/** What a client proves itself with: what a builder is told, and what may be shown of it. */
interface Credentials {
    /** Gives a builder these credentials. */
    TokenManager.Builder to(TokenManager.Builder manager);

    /** Prints what is no secret. */
    void show(Page page, Facts facts);

    /**
     * A private key.
     *
     * @param clientId the client
     * @param signingKey its key
     */
    record Key(String clientId, SigningKey signingKey) implements Credentials {
        @Override
        public TokenManager.Builder to(TokenManager.Builder manager) {
            return manager.clientId(clientId).signingKey(signingKey);
        }

        @Override
        public void show(Page page, Facts facts) {
            facts.key(signingKey);
            page.row("client_id", clientId);
        }
    }

    /**
     * A client secret.
     *
     * @param clientId the client
     * @param clientSecret its secret
     */
    record Secret(String clientId, String clientSecret) implements Credentials {
        @Override
        public TokenManager.Builder to(TokenManager.Builder manager) {
            return manager.clientId(clientId).clientSecret(clientSecret);
        }

        @Override
        public void show(Page page, Facts facts) {
            page.section("The client secret");
            page.row("client_id", clientId);
            page.row("client_secret", "*****  (" + clientSecret.length() + " characters)");
        }

        @Override
        public String toString() {
            return "Secret[" + clientId + "]";
        }
    }

    /**
     * A client key, which the provider already has.
     *
     * @param clientKey the key, which is public
     */
    record ClientKey(String clientKey) implements Credentials {
        @Override
        public TokenManager.Builder to(TokenManager.Builder manager) {
            return manager;
        }

        @Override
        public void show(Page page, Facts facts) {
            page.section("The client key");
            page.row("x-client-key", clientKey);
        }
    }
}
