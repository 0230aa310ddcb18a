package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields by name, whatever the case of the name. Immutable. */
final class Headers {

    static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    static Headers of(okhttp3.Headers headers) {
        TreeMap<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.names().forEach(name -> all.put(name, List.copyOf(headers.values(name))));
        return new Headers(all);
    }

    /** Refuses at once what could not go over the wire. */
    Headers with(String name, String value) {
        okhttp3.Headers.Builder unused = new okhttp3.Headers.Builder().add(name, value);
        TreeMap<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(values);
        more.put(name, List.of(value));
        return new Headers(more);
    }

    Map<String, List<String>> asMap() {
        return values;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The names alone, for strings that people read: values may be secret. */
    List<String> names() {
        return new ArrayList<>(values.keySet());
    }
}
