/** A strict fake authorization server, a fake API, simulators of providers and a clock to push, for tests of code that uses Latchkey. */
@SuppressWarnings("requires-automatic") // okio has a stable name, but no descriptor
module dev.latchkey.testing {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.nimbusds.jose.jwt;
    requires mockwebserver3;
    requires okhttp3;
    requires okio;
    requires static org.jspecify;

    exports dev.latchkey.testing;
}
