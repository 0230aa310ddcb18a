package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every requirement has a test that carries its number, or a reason why none applies, and {@code docs/requirements.md} shows which.
 * After a change run the test with {@code -Dlatchkey.docs.update=true}, which writes the page anew.
 */
@Timeout(60)
class RequirementsTest {
    private static final Path PAGE = Places.ROOT.resolve("docs/requirements.md");
    private static final String BEGIN = "<!-- The tables below are generated; see CONTRIBUTING.md. -->\n";
    private static final String HEAD = """
            | Number | What | Tests | Proven by |
            |---|---|---|---|
            """;

    /** What a profile adds to every build, by a part of the name of a test class. */
    private static final Map<String, String> PROFILES = new TreeMap<>(Map.of(
            "KeycloakIT", "`-Pkeycloak`",
            "Soak", "`-Psoak`",
            "Chaos", "at full length `-Pchaos`",
            "Fuzz", "at full length `-Pfuzz`"));

    /** Those that run in their profile only. */
    private static final Set<String> NOT_IN_EVERY_BUILD = Set.of("KeycloakIT", "Soak");

    @Test
    void requirementsPage_tables_areWhatTheTestsSay() throws IOException {
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + tables();
        if (Boolean.getBoolean("latchkey.docs.update")) {
            Files.writeString(PAGE, written);
        }

        assertThat(page).contains(BEGIN);
        assertThat(Files.readString(PAGE))
                .as(
                        "docs/requirements.md differs from what the tests say; run this test with -Dlatchkey.docs.update=true")
                .isEqualTo(written);
    }

    @Test
    void requirement_any_hasATestOrAReason() throws IOException {
        NumberedTests tests = NumberedTests.ofRepository();
        assertThat(Requirement.all())
                .filteredOn(each -> each.reason().isEmpty())
                .filteredOn(each -> tests.of(each.number()).isEmpty())
                .as("write a test with the number in a comment, or say in requirements.txt why none applies")
                .isEmpty();
    }

    @Test
    void requirement_withAReason_hasNoTest() throws IOException {
        NumberedTests tests = NumberedTests.ofRepository();
        assertThat(Requirement.all())
                .filteredOn(each -> each.reason().isPresent())
                .filteredOn(each -> !tests.of(each.number()).isEmpty())
                .as("take the reason out of requirements.txt: a test proves it now")
                .isEmpty();
    }

    @Test
    void numbers_ofTheTests_areInTheListOnce() throws IOException {
        List<String> listed =
                Requirement.all().stream().map(Requirement::number).toList();
        assertThat(listed).doesNotHaveDuplicates().allMatch(number -> number.matches("[RVF]-\\d\\d"));
        assertThat(NumberedTests.ofRepository().numbers())
                .as("requirements.txt knows every number that a test carries")
                .isSubsetOf(listed);
    }

    /** The search itself works: numbers are found where they stand, and nowhere else. */
    @Test
    void search_numbersInEachPlace_belongToTheirTest() {
        NumberedTests tests = NumberedTests.of("ATest", """
                /** R-01, V-02 to V-04. */
                class ATest {
                    private static Stream<String> values() {
                        // R-09
                    }

                    /** F-05 */
                    @ParameterizedTest(name = "R-06")
                    @MethodSource("values")
                    void one_long_name(
                            String value) {
                        // R-07: UTF-16, 8R-01
                    }

                    @Test
                    void other() throws Exception { // R-01
                    }

                    // R-08
                }
                """.lines().toList());

        assertThat(tests.numbers())
                .containsExactly("F-05", "R-01", "R-06", "R-07", "R-08", "R-09", "V-02", "V-03", "V-04");
        for (String number : List.of("F-05", "R-06", "R-07")) {
            assertThat(tests.of(number)).as(number).containsExactly("ATest.one_long_name");
        }
        for (String number : List.of("V-03", "R-08", "R-09")) {
            assertThat(tests.of(number)).as(number).containsExactly("ATest");
        }
        assertThat(tests.of("R-01")).containsExactly("ATest.other");
        assertThat(tests.of("R-02")).isEmpty();
    }

    @Test
    void list_twoAndThreeColumns_areRead() {
        List<Requirement> read = Requirement.read(List.of("# x", "", "## A", "R-01 | b", "V-02 | c | d: e"));

        assertThat(read).extracting(Requirement::chapter).containsExactly("A", "A");
        assertThat(read.get(0).reason()).isEmpty();
        assertThat(read.get(1).reason()).contains("d: e");
    }

    private static String tables() throws IOException {
        NumberedTests tests = NumberedTests.ofRepository();
        var chapters = Requirement.all().stream()
                .collect(Collectors.groupingBy(Requirement::chapter, LinkedHashMap::new, Collectors.toList()));
        var page = new StringBuilder();
        chapters.forEach((chapter, requirements) -> {
            page.append("\n## ").append(chapter).append("\n\n").append(HEAD);
            requirements.forEach(each -> page.append(row(each, tests.of(each.number()))));
        });
        return page.toString();
    }

    private static String row(Requirement each, List<String> tests) {
        String names = tests.stream().map(name -> "`" + name + "`").collect(Collectors.joining("<br>"));
        String proven = each.reason().orElseGet(() -> runsOf(tests));
        return "| %s | %s | %s | %s |%n"
                .formatted(each.number(), each.what(), names.isEmpty() ? "none" : names, proven)
                .replace("\r", "");
    }

    private static String runsOf(List<String> tests) {
        boolean always =
                tests.stream().anyMatch(test -> NOT_IN_EVERY_BUILD.stream().noneMatch(typeOf(test)::contains));
        return Stream.concat(
                        always ? Stream.of("every build") : Stream.empty(),
                        PROFILES.keySet().stream()
                                .filter(part -> tests.stream()
                                        .anyMatch(test -> typeOf(test).contains(part)))
                                .map(PROFILES::get))
                .collect(Collectors.joining("; "));
    }

    private static String typeOf(String test) {
        return test.replaceFirst("\\..*", "");
    }
}
