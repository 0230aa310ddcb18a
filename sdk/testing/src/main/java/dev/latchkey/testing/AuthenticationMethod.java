package dev.latchkey.testing;

/** How a client proves itself, by the names that RFC 7591 registers. */
enum AuthenticationMethod {
    PRIVATE_KEY_JWT("private_key_jwt"),
    CLIENT_SECRET_JWT("client_secret_jwt"),
    CLIENT_SECRET_BASIC("client_secret_basic"),
    CLIENT_SECRET_POST("client_secret_post"),
    NONE("none");

    private final String registeredName;

    AuthenticationMethod(String registeredName) {
        this.registeredName = registeredName;
    }

    String registeredName() {
        return registeredName;
    }

    boolean usesAssertion() {
        return this == PRIVATE_KEY_JWT || this == CLIENT_SECRET_JWT;
    }
}
