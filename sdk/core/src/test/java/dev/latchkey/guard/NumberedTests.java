package dev.latchkey.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which tests say of themselves that they prove which requirement, by its number in a comment or a display name. A number above
 * a test or inside it counts for that test; one above the class, or elsewhere in it, counts for the class.
 */
final class NumberedTests {
    private static final Pattern NUMBERS = Pattern.compile("\\b([RVF])-(\\d\\d)(?: to \\1-(\\d\\d))?\\b");
    private static final Pattern TEST = Pattern.compile("^ {4}@(\\w*Test|Property|RepeatedTest)\\b.*");
    private static final Pattern METHOD = Pattern.compile("^ {4}(?![ @/*}])[^=;]*?\\b(\\w+)\\(.*");

    private final Map<String, SortedSet<String>> tests = new TreeMap<>();

    private NumberedTests() {}

    /** Those of all modules. */
    static NumberedTests ofRepository() throws IOException {
        var found = new NumberedTests();
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(module)) {
                for (Path file : files.filter(NumberedTests::isTest).sorted().toList()) {
                    found.add(nameOf(file), Files.readAllLines(file));
                }
            }
        }
        return found;
    }

    static NumberedTests of(String type, List<String> lines) {
        var found = new NumberedTests();
        found.add(type, lines);
        return found;
    }

    /** The tests of a number, as {@code Type} or {@code Type.method}; those of a method make its type superfluous. */
    List<String> of(String number) {
        SortedSet<String> all = tests.getOrDefault(number, new TreeSet<>());
        return all.stream()
                .filter(name -> name.contains(".") || all.stream().noneMatch(other -> other.startsWith(name + ".")))
                .toList();
    }

    SortedSet<String> numbers() {
        return new TreeSet<>(tests.keySet());
    }

    /** What has no tests compiled yet is searched all the same: sources are what a reader has. */
    private static List<Path> modules() throws IOException {
        try (Stream<Path> modules = Files.list(Places.ROOT.resolve("sdk"))) {
            return Stream.concat(modules, Stream.of(Places.ROOT.resolve("sdk-examples")))
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isTest(Path file) {
        return nameOf(file).matches(".*(Test|IT)") && !nameOf(file).equals("RequirementsTest");
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private void add(String type, List<String> lines) {
        var above = new ArrayList<String>();
        String owner = type;
        boolean annotated = false;
        for (String line : lines) {
            annotated |= TEST.matcher(line).matches();
            Matcher method = METHOD.matcher(line);
            if (method.matches()) {
                owner = annotated ? type + "." + method.group(1) : type;
                annotated = false;
                put(above, owner);
                above.clear();
                put(numbersIn(line), owner);
            } else if (isOfAMember(line)) {
                above.addAll(numbersIn(line));
            } else {
                put(numbersIn(line), line.startsWith("        ") ? owner : type);
            }
            owner = line.equals("    }") ? type : owner;
        }
        put(above, type);
    }

    private static boolean isOfAMember(String line) {
        return line.startsWith("    ") && !line.startsWith("        ");
    }

    private void put(List<String> numbers, String owner) {
        numbers.forEach(
                number -> tests.computeIfAbsent(number, none -> new TreeSet<>()).add(owner));
    }

    private static List<String> numbersIn(String line) {
        var numbers = new ArrayList<String>();
        NUMBERS.matcher(line).results().forEach(match -> {
            int first = Integer.parseInt(match.group(2));
            int last = match.group(3) == null ? first : Integer.parseInt(match.group(3));
            for (int number = first; number <= last; number++) {
                numbers.add("%s-%02d".formatted(match.group(1), number));
            }
        });
        return numbers;
    }
}
