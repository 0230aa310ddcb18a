package dev.latchkey.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies the members of a JSON object into immutable collections of bounded size, with every text made printable. */
final class Members {
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_NAME = 128;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_NODES = 512;

    private int nodes;

    private Members() {}

    /** Entries with a null value, or with one that is no JSON value, are left out. */
    static Map<String, Object> copy(Map<String, ? extends @Nullable Object> raw) {
        return new Members().map(raw, 0);
    }

    private Map<String, Object> map(Map<?, ? extends @Nullable Object> raw, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ? extends @Nullable Object> entry : raw.entrySet()) {
            Object value = value(entry.getValue(), depth + 1);
            if (value != null && copy.size() < MAX_ENTRIES) {
                copy.put(Printable.escape(String.valueOf(entry.getKey()), MAX_NAME), value);
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<Object> list(List<? extends @Nullable Object> raw, int depth) {
        List<Object> copy = new ArrayList<>();
        for (Object item : raw) {
            Object value = value(item, depth + 1);
            if (value != null && copy.size() < MAX_ENTRIES) {
                copy.add(value);
            }
        }
        return Collections.unmodifiableList(copy);
    }

    private @Nullable Object value(@Nullable Object raw, int depth) {
        if (raw == null || depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            return null;
        }
        if (raw instanceof String text) {
            return Printable.escape(text, MAX_TEXT);
        }
        if (raw instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (raw instanceof List<?> list) {
            return list(list, depth);
        }
        return raw instanceof Boolean || raw instanceof Number ? raw : null;
    }
}
