package dev.latchkey.examples.cli;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Puts the name of the option before what the library says of its value. */
final class OptionCheck {
    private static final Pattern DASHED = Pattern.compile("-([a-z])");

    private OptionCheck() {}

    static <T> T checked(String option, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(renamed(option, String.valueOf(e.getMessage())));
        }
    }

    /** The library calls {@code --token-endpoint} {@code tokenEndpoint}; one of both names is enough. */
    private static String renamed(String option, String message) {
        String setting = DASHED.matcher(option.substring(2))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        return message.matches("(?s)" + setting + "[ :].*")
                ? option + message.substring(setting.length())
                : option + ": " + message;
    }
}
