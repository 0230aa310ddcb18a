package dev.latchkey.fuzz;

import dev.latchkey.error.ErrorDetails;

/** What may be printed: no line of a log can be forged with it, no terminal be steered, no direction be turned. */
final class Printed {
    private static final int LONGEST_MESSAGE = 7_000;

    private Printed() {}

    static void text(String text) {
        text.codePoints().filter(Printed::isDangerous).findFirst().ifPresent(c -> {
            throw new AssertionError("prints U+" + Integer.toHexString(c));
        });
    }

    static void message(String text) {
        text(text);
        if (text.length() > LONGEST_MESSAGE) {
            throw new AssertionError("a message of " + text.length() + " characters");
        }
    }

    static void details(ErrorDetails details) {
        message(details.message());
        message(details.remedy());
        details.description().ifPresent(Printed::message);
        details.bodyExcerpt().ifPresent(Printed::message);
        details.errorUri().ifPresent(Printed::message);
        details.requestId().ifPresent(Printed::message);
        details.errorCode().ifPresent(code -> message(code.toString()));
        details.problem().ifPresent(problem -> text(problem.toString()));
        details.challenges().forEach(challenge -> text(challenge.toString()));
        text(details.members().toString());
    }

    private static boolean isDangerous(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE
                || c == 0x2028
                || c == 0x2029;
    }
}
