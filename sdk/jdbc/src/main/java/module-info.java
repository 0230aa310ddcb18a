/** Latchkey's token store on a database, through JDBC. */
module dev.latchkey.jdbc {
    requires transitive dev.latchkey;
    requires transitive java.sql;
    requires static org.jspecify;

    exports dev.latchkey.jdbc;
}
