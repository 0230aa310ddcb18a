package dev.latchkey.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The seeds of a target: the files of its folder, which hold what was found, too, and those it makes. */
final class Seeds {
    private static final Path FOLDERS = Path.of("src/test/resources/dev/latchkey/fuzz");

    private Seeds() {}

    static List<byte[]> of(Targets each) throws Exception {
        List<byte[]> seeds = new ArrayList<>(each.target().madeSeeds());
        Path folder = FOLDERS.resolve(each.folder());
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
        }
        return seeds;
    }

    /** Writes them out, as Jazzer wants them. */
    static void write(Targets each, Path folder) throws Exception {
        Files.createDirectories(folder);
        int number = 0;
        for (byte[] seed : of(each)) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
