package dev.latchkey.chaos;

import dev.latchkey.jdbc.Engine;
import dev.latchkey.jdbc.JdbcTokenStore;
import dev.latchkey.jdbc.SmallPool;
import dev.latchkey.store.FileTokenStore;
import dev.latchkey.store.TokenEncryption;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Stores by a text that also another process understands: a directory, or the URL of a database and a table. */
final class Places {
    private static final String DATABASE = "jdbc:";

    private Places() {}

    /** Which of the two stores. */
    enum Kind {
        FILES,
        POSTGRESQL;

        /** A place that nobody used before. */
        String fresh(Path folder) {
            return this == FILES
                    ? folder.resolve("tokens").toString()
                    : Engine.postgres().getJdbcUrl("postgres", "postgres") + " " + Engine.freshTable();
        }
    }

    static TokenStore open(String place, String encryptionKey) throws IOException {
        TokenEncryption encryption = TokenEncryption.ofBase64("chaos", encryptionKey);
        if (!place.startsWith(DATABASE)) {
            return FileTokenStore.open(Path.of(place), encryption);
        }
        String[] urlAndTable = place.split(" ", 2);
        return JdbcTokenStore.builder(new SmallPool(() -> DriverManager.getConnection(urlAndTable[0])))
                .encryption(encryption)
                .tableName(urlAndTable[1])
                .createSchema()
                .build();
    }
}
