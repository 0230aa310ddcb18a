package dev.latchkey.guard;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The house: which package may import which, and which library may be used where. A package that is not listed here is a
 * mistake of its own.
 */
final class PackageTable {
    private static final String ROOT = "dev.latchkey";
    private static final Set<String> VALUES = Set.of("error", "token", "event", "provider", "grant", "clientauth");

    /** Packages by what follows {@code dev.latchkey}; {@code internal} stands for everything below it. */
    static final List<Row> ROWS = List.of(
            new Row("error", Set.of(), "the exception tree is understood without anything else"),
            new Row("token", Set.of("error"), "tokens and scopes are plain values"),
            new Row("event", Set.of("token", "error"), "events are values that tell what happened"),
            new Row("grant", Set.of("token", "error"), "a grant is a value; it does not know how it is sent"),
            new Row("clientauth", Set.of("error", "internal"), "client authentication signs, and knows no provider"),
            new Row("provider", Set.of("clientauth", "token", "error"), "a provider is data, not behaviour"),
            new Row("store", Set.of("token", "error", "internal"), "a store keeps tokens, whoever issued them"),
            new Row("login", Set.of("grant", "token", "provider", "error", "internal"), "a sign-in ends in a grant"),
            new Row("internal.time", Set.of(), "time is at the bottom"),
            new Row("internal.flight", Set.of(), "sharing work has nothing to do with tokens"),
            new Row(
                    "internal.jose",
                    Set.of("error", "internal.json"),
                    "client authentication stands on it: it knows no client, and what it signs is JSON"),
            new Row(
                    "internal.json",
                    Set.of("error", "token"),
                    "JSON is read into values and written from them, and nothing else"),
            new Row("internal.http", with("internal"), "a mechanism below the front door"),
            new Row("internal.endpoint", with("internal"), "a mechanism below the front door"),
            new Row("", with("grant", "store", "login", "internal"), "the front door stands on everything below"));

    static final List<Library> LIBRARIES = List.of(
            new Library("Jackson", List.of("com.fasterxml..", "tools.jackson.."), Set.of("internal.json")),
            new Library("nimbus-jose-jwt", List.of("com.nimbusds.."), Set.of("internal.jose")),
            new Library("Caffeine", List.of("com.github.benmanes.."), Set.of("internal.flight")),
            new Library("OkHttp", List.of("okhttp3.."), Set.of("internal.http", "internal.endpoint", "")),
            new Library("Okio", List.of("okio.."), Set.of("internal.http", "internal.endpoint", "")));

    private PackageTable() {}

    /**
     * One package.
     *
     * @param name what follows {@code dev.latchkey.}; empty for the front door
     * @param mayImport which others it may import, named in the same way
     * @param because why no more than that
     */
    record Row(String name, Set<String> mayImport, String because) {
        boolean allows(String imported) {
            return imported.equals(name)
                    || mayImport.contains(imported)
                    || (imported.startsWith("internal.") && mayImport.contains("internal"));
        }
    }

    /**
     * One library.
     *
     * @param name what people call it
     * @param packages its packages
     * @param allowedIn which of our packages may use it
     */
    record Library(String name, List<String> packages, Set<String> allowedIn) {}

    static String relative(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
    }

    static String absolute(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    static boolean isOurs(String packageName) {
        return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
    }

    private static Set<String> with(String... more) {
        return Stream.concat(VALUES.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
