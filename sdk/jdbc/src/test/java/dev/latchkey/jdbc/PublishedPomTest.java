package dev.latchkey.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards what users get: the POM that is published brings the library and no driver. */
@Timeout(30)
class PublishedPomTest {
    private static final Path POM = Path.of(System.getProperty("basedir", ""), ".flattened-pom.xml");

    @Test
    void publishedPom_dependencies_areThoseWeDecidedOn() throws Exception {
        assumeThat(Files.exists(POM)).as("only Maven writes it").isTrue();
        String pom = Files.readString(POM);

        assertThat(pom).doesNotContain("${", "<parent>", "<dependencyManagement>", "<scope>test</scope>");
        assertThat(Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL)
                        .matcher(pom)
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .as("each dependency is a decision; docs/adr/0011-token-store-on-a-database.md has them")
                .containsExactlyInAnyOrder("latchkey", "jspecify");
    }
}
