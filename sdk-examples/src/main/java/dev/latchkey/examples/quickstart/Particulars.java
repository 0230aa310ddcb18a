package dev.latchkey.examples.quickstart;

import java.util.List;

/**
 * What is claimed of one provider.
 *
 * @param line how a manager for the real service is made, in lines
 * @param path a path of its API
 * @param tokenRequest what it finds in a token request
 * @param call what it finds in an API call
 * @param errors the ids of documented errors that are shown
 */
record Particulars(String line, String path, List<Item> tokenRequest, List<Item> call, List<String> errors) {
    static final String ABSENT = "absent";

    /**
     * A header, a parameter, or a member of the assertion.
     *
     * @param name its name
     * @param value its value, secrets masked
     */
    record Item(String name, String value) {}

    static Item item(String name, String value) {
        return new Item(name, value);
    }

    static Item absent(String name) {
        return new Item(name, ABSENT);
    }
}
