package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards the documents: what they show as Java is compiled, what they show as commands is run. */
@Timeout(30)
class ReadmeTest {
    private static final Path README = Places.ROOT.resolve("README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```\\s*$");

    /**
     * A fenced block of a document.
     *
     * @param document the file it stands in
     * @param language what follows the fence
     * @param text what is between the fences
     */
    record Block(String document, String language, String text) {
        List<String> lines() {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }

        @Override
        public String toString() {
            return document + ": " + lines().get(0);
        }
    }

    static Stream<Block> javaBlocks() {
        return documents().flatMap(document -> blocks(document, "java"));
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaBlock_ofADocument_isPartOfAnExample(Block block) {
        String wanted = normalised(block.text());

        boolean compiled = exampleSources()
                .map(ReadmeTest::read)
                .map(ReadmeTest::normalised)
                .anyMatch(source -> source.contains(wanted));

        assertThat(compiled)
                .as(
                        "%s ... is an excerpt of an example that is compiled (sdk-examples, or the tests of sdk/testing)",
                        block)
                .isTrue();
    }

    @Test
    void firstExample_ofTheReadme_hasAtMostEightLines() {
        assertThat(blocks(README, "java").findFirst().orElseThrow().lines()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void commands_ofTheReadme_areRunByCi() {
        String ci = read(Places.ROOT.resolve(".ci/run"));

        List<String> commands = blocks(README, "sh")
                .flatMap(block -> block.lines().stream())
                .map(line -> line.replaceAll("\\s+#.*", "").strip())
                .filter(line -> line.startsWith("mvn "))
                .toList();

        assertThat(commands).as("commands of the README").hasSizeGreaterThanOrEqualTo(2);
        assertThat(commands).as("each is run by .ci/run, word for word").allMatch(ci::contains);
    }

    @Test
    void readme_all_hasAtMost150Lines() {
        assertThat(read(README).lines()).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void readme_coordinates_areThoseOfTheProject() {
        Matcher version = Pattern.compile("<artifactId>latchkey-parent</artifactId>\\s*<version>(.*?)</version>")
                .matcher(read(Places.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();

        List<String> shown = blocks(README, "xml")
                .flatMap(block -> Pattern.compile("<artifactId>latchkey</artifactId>\\s*<version>(.*?)</version>")
                        .matcher(block.text())
                        .results())
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(shown).containsOnly(version.group(1));
    }

    @Test
    void links_toFilesOfTheProject_leadSomewhere() {
        List<String> broken = new ArrayList<>();
        documents()
                .forEach(document -> Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
                        .matcher(read(document))
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !Files.exists(document.resolveSibling(target)))
                        .forEach(target -> broken.add(document.getFileName() + " -> " + target)));

        assertThat(broken).isEmpty();
    }

    private static Stream<Path> documents() {
        return Stream.concat(
                Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                        .map(Places.ROOT::resolve),
                files(Places.ROOT.resolve("docs"), ".md").stream());
    }

    private static Stream<Path> exampleSources() {
        return Stream.of("sdk-examples/src", "sdk/testing/src/test")
                .map(Places.ROOT::resolve)
                .flatMap(folder -> files(folder, ".java").stream());
    }

    private static Stream<Block> blocks(Path document, String language) {
        String name = Places.ROOT.relativize(document).toString();
        return BLOCK.matcher(read(document))
                .results()
                .map(found -> new Block(name, found.group(1), found.group(2)))
                .filter(block -> block.language().equals(language));
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without white space, so that indentation and line breaks do not count. */
    private static String normalised(String java) {
        return java.replaceAll("\\s+", "");
    }
}
