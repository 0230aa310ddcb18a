package dev.latchkey.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The jars that a user gets with a library, in the versions that this build has agreed on. */
final class BroughtJars {
    private final Path benchmarks;
    private final Path lib;
    private final DependencyTree tree;

    private BroughtJars(Path benchmarks, Path lib, DependencyTree tree) {
        this.benchmarks = benchmarks;
        this.lib = lib;
        this.tree = tree;
    }

    /** {@return those beside benchmarks.jar; empty where the classes come from elsewhere, as in an IDE} */
    static Optional<BroughtJars> besideBenchmarks() throws IOException {
        Path benchmarks = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path lib = benchmarks.resolveSibling("lib");
        try (InputStream text = BroughtJars.class.getResourceAsStream("/dependency-tree.txt")) {
            if (text == null || !Files.isDirectory(lib)) {
                System.out.println("Only of benchmarks.jar, with its lib beside it.");
                return Optional.empty();
            }
            DependencyTree tree = DependencyTree.read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            return Optional.of(new BroughtJars(benchmarks, lib, tree));
        }
    }

    /** {@return the jar of the benchmarks themselves, whose manifest names all the others} */
    Path benchmarks() {
        return benchmarks;
    }

    /** {@return what these bring, themselves included} Each is a group and an artifact, with a colon between. */
    List<Path> of(List<String> artifacts) {
        return tree.jarsOf(artifacts).stream().map(lib::resolve).toList();
    }
}
