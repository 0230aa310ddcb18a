package dev.latchkey.testing;

import java.util.Set;

/** What a person does on the page: declines, or agrees to these scopes, or to all that are asked for where there is none. */
record Person(String userId, Set<String> scopes, boolean declines) {

    static final Person DECLINING = new Person("", Set.of(), true);

    static Person agreeing(String userId) {
        return agreeing(userId, Set.of());
    }

    static Person agreeing(String userId, Set<String> scopes) {
        return new Person(Checks.notBlank(userId, "userId"), scopes, false);
    }

    Set<String> granted(Set<String> asked) {
        if (scopes.isEmpty()) {
            return asked;
        }
        if (!asked.containsAll(scopes)) {
            throw new IllegalArgumentException("scopes must be of those asked for, " + asked + ", but are " + scopes);
        }
        return scopes;
    }
}
