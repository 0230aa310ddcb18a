package dev.latchkey.testing;

/** A client of one realm; the same id in another realm is another client. */
record OathClient(String realm, FakeClient registered) {

    static String key(String realm, String clientId) {
        return realm + "\n" + clientId;
    }

    String key() {
        return key(realm, id());
    }

    String id() {
        return registered.clientId();
    }
}
