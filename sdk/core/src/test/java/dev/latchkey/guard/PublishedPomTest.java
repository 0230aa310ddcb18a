package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Guards what users get: the POM that is published, as flatten-maven-plugin writes it before tests run. */
@Timeout(30)
class PublishedPomTest {
    private static final Path POM = Places.CORE.resolve(".flattened-pom.xml");

    @BeforeEach
    void builtByMaven() {
        assumeTrue(Files.exists(POM), "only Maven writes it");
    }

    @Test
    void publishedPom_all_standsAlone() throws Exception {
        Document pom = pom();

        assertThat(named(pom.getDocumentElement(), "parent")).isEmpty();
        assertThat(named(pom.getDocumentElement(), "dependencyManagement")).isEmpty();
        assertThat(named(pom.getDocumentElement(), "repositories")).isEmpty();
        assertThat(Files.readString(POM)).doesNotContain("${", "<scope>test</scope>", "<scope>provided</scope>");
    }

    @Test
    void publishedPom_dependencies_areThoseWeDecidedOn() throws Exception {
        List<String> found = named(pom().getDocumentElement(), "dependency").stream()
                .map(dependency -> text(dependency, "artifactId") + ":" + text(dependency, "scope"))
                .toList();

        assertThat(found)
                .as("each dependency is a decision; docs/adr/0009-dependencies.md has them")
                .containsExactlyInAnyOrder(
                        "okhttp-jvm:compile",
                        "okio-jvm:compile",
                        "nimbus-jose-jwt:compile",
                        "jackson-databind:compile",
                        "jackson-core:compile",
                        "caffeine:compile",
                        "slf4j-api:compile",
                        "jspecify:compile");
    }

    @Test
    void publishedPom_licence_isNamed() throws Exception {
        assertThat(named(pom().getDocumentElement(), "license")).hasSize(1);
    }

    private static Document pom() throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(POM.toFile());
    }

    private static List<Element> named(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        return named(parent, name).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("compile");
    }
}
