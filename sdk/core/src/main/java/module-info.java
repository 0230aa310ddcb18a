/**
 * Latchkey: calls OAuth-protected APIs through OkHttp with signed client assertions, cached tokens and typed errors.
 */
module dev.latchkey {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires transitive okhttp3;
    requires static transitive org.jspecify;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dev.latchkey;
    exports dev.latchkey.clientauth;
    exports dev.latchkey.error;
    exports dev.latchkey.event;
    exports dev.latchkey.grant;
    exports dev.latchkey.login;
    exports dev.latchkey.provider;
    exports dev.latchkey.store;
    exports dev.latchkey.token;
}
