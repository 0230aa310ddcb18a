package dev.latchkey.examples;

import dev.latchkey.TokenManager;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.jdbc.JdbcTokenStore;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import javax.sql.DataSource;

/** Tokens in the application's database, for all its processes and hosts. */
public final class DatabaseStore {
    private DatabaseStore() {}

    /**
     * Makes a manager whose tokens lie encrypted in a table that it creates where it is missing.
     *
     * @param dataSource the pool of the application
     * @param base64Key 32 random bytes, such as {@code openssl rand -base64 32} prints, from where secrets are kept
     * @param settings a manager, set up but for its store
     * @return the manager
     * @throws TokenStoreException if the database cannot be reached or used
     */
    public static TokenManager tokens(DataSource dataSource, String base64Key, TokenManager.Builder settings)
            throws TokenStoreException {
        TokenStore store = JdbcTokenStore.builder(dataSource)
                .encryption(TokenEncryption.ofBase64("2026-1", base64Key))
                .createSchema()
                .build();
        return settings.store(store).build();
    }

    /**
     * Opens a store whose table the application's own migrations made, from the schema file in the jar.
     *
     * @param dataSource the pool of the application
     * @param encryption the encryption
     * @return the store
     * @throws TokenStoreException if the database cannot be reached, or its table is missing or of another version
     */
    public static TokenStore migrated(DataSource dataSource, TokenEncryption encryption) throws TokenStoreException {
        return JdbcTokenStore.builder(dataSource)
                .encryption(encryption)
                .tableName("auth.latchkey_token")
                .build();
    }
}
