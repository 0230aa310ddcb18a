package dev.latchkey.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One {@code --header}.
 *
 * @param name the field name
 * @param value the field value, possibly a secret
 */
record HeaderOption(String name, String value) {
    /** They describe the content of an API call; on token requests the library sets them. */
    private static final Set<String> OF_THE_CALL = caseless("Accept", "Content-Type");

    /** A header without {@code =} may be a bare secret, so it is counted, not shown. */
    static List<HeaderOption> parse(List<String> options) {
        List<HeaderOption> headers = new ArrayList<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--header: number " + (headers.size() + 1)
                        + " has no name before an equals sign; write --header NAME=VALUE.");
            }
            headers.add(new HeaderOption(
                    option.substring(0, equals).strip(),
                    option.substring(equals + 1).strip()));
        }
        return headers;
    }

    boolean isOfTheCall() {
        return OF_THE_CALL.contains(name);
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    @Override
    public String toString() {
        return name + "=*****";
    }
}
