/** Examples of Latchkey and the latchkey command-line tool; the first consumer of the library on the module path. */
module dev.latchkey.examples {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.latchkey;
    requires dev.latchkey.jdbc;
    requires dev.latchkey.testing;
    requires info.picocli;
    requires java.sql;
    requires okhttp3;
    requires static org.jspecify;

    opens dev.latchkey.examples.cli to
            info.picocli;
}
