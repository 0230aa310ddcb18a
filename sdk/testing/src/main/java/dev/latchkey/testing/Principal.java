package dev.latchkey.testing;

import java.util.Set;

/** For whom a token speaks: a client, and the person who let it, empty where nobody did. All tokens of one grant share the family. */
record Principal(String family, String client, String userId, Set<String> scopes) {

    static Principal of(String client, String userId, Set<String> scopes) {
        return new Principal(RandomValues.next("family_"), client, userId, scopes);
    }
}
