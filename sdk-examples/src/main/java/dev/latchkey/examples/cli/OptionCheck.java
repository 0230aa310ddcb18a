package dev.latchkey.examples.cli;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Puts the name of the option before what the library says of its value. */
final class OptionCheck {
    private static final Pattern DASHED = Pattern.compile("-([a-z])");

    private OptionCheck() {}

    /** The library calls {@code --token-endpoint} {@code tokenEndpoint}. */
    static <T> T checked(String option, Supplier<T> use) {
        String setting = DASHED.matcher(option.substring(2))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        return checked(option, setting, use);
    }

    static <T> T checked(String option, String setting, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(renamed(option, setting, String.valueOf(e.getMessage())));
        }
    }

    /** One of both names is enough. */
    private static String renamed(String option, String setting, String message) {
        return message.matches("(?s)" + setting + "[ :].*")
                ? option + message.substring(setting.length())
                : option + ": " + message;
    }
}
