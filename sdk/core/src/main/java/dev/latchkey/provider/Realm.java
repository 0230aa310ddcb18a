package dev.latchkey.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Checks the realm of a client, whose case counts at the server. */
final class Realm {
    private Realm() {}

    static String checked(String realm) {
        if (realm.isBlank()) {
            throw new IllegalArgumentException("realm: blank; set the realm of the client, such as dsp");
        }
        realm.chars().filter(Character::isUpperCase).findFirst().ifPresent(letter -> {
            throw new IllegalArgumentException("realm: " + realm + " has the upper-case letter "
                    + Character.toString(letter) + ", and the server compares exactly; write it in lower case");
        });
        if (!realm.matches("[a-z0-9._~/-]+")) {
            throw new IllegalArgumentException(
                    "realm: has a character that no realm has; allowed are letters, digits, '.', '_', '~', '-' and '/'");
        }
        return realm;
    }

    static String inQuery(String realm) {
        return URLEncoder.encode(realm, StandardCharsets.UTF_8);
    }
}
