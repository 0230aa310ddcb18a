package dev.latchkey.guard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in the repository. */
final class Places {
    /** The module, as Surefire gives it. */
    static final Path CORE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    static final Path ROOT = CORE.getParent().getParent();
    static final Path MAIN_CLASSES = CORE.resolve("target/classes");

    private Places() {}

    /** The test classes of all modules that are compiled, and the classes that tests are made with. */
    static List<Path> testClasses() {
        return Stream.of(
                        "sdk/core/target/test-classes", "sdk/testing/target/classes", "sdk/testing/target/test-classes")
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .toList();
    }
}
