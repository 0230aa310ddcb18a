package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.FirstToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of {@link FirstToken}, and how it is started.
 *
 * @param label how the table names it
 * @param program its name
 * @param options of the JVM, the class path among them
 */
record StartContender(String label, String program, List<String> options) {
    private static final String TIMES_ITSELF = "WARM";
    private static final boolean AOT = Runtime.version().feature() >= 25;

    /** {@return whether it says itself how long it took, which is then no whole process} */
    boolean isPart() {
        return program.equals(TIMES_ITSELF);
    }

    /** {@return the milliseconds that it took} */
    double millis(URI endpoint) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String printed = run(endpoint);
        return isPart() ? Double.parseDouble(printed.strip()) : (System.nanoTime() - start) / 1e6;
    }

    /** Runs once and records what it loads; {@return the same, started from that} */
    StartContender fromArchive(Path directory, URI endpoint) throws IOException, InterruptedException {
        Path archive = directory.resolve(program + ".archive");
        with((AOT ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive, label)
                .run(endpoint);
        return with((AOT ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive, label + ", classes from an archive");
    }

    private StartContender with(String option, String newLabel) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new StartContender(newLabel, program, more);
    }

    private String run(URI endpoint) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(FirstToken.class.getName(), program, endpoint.toString()));
        Path errors = Files.createTempFile("latchkey-start", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " failed: " + Files.readString(errors));
            }
            return printed;
        } finally {
            Files.delete(errors);
        }
    }
}
