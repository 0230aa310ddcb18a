package dev.latchkey.guard;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Looks for instructions in compiled classes, with the disassembler of the JDK. */
final class Bytecode {
    private Bytecode() {}

    /** The lines {@code class: method} of the methods that have the instruction. */
    static List<String> methodsWith(Path classes, String instruction) {
        var found = new ArrayList<String>();
        String source = "";
        String member = "";
        for (String line : disassembled(classes).lines().toList()) {
            if (line.startsWith("Compiled from")) {
                source = line.replaceAll(".*\"(.*)\"", "$1");
            } else if (line.startsWith("  ") && line.endsWith(";") && !line.contains("//")) {
                member = line.strip();
            } else if (line.matches("\\s*\\d+: " + instruction + "\\b.*")) {
                found.add(source + ": " + member);
            }
        }
        return found;
    }

    private static String disassembled(Path classes) {
        var out = new StringWriter();
        var err = new StringWriter();
        ToolProvider javap = ToolProvider.findFirst("javap")
                .orElseThrow(() -> new IllegalStateException("javap is missing: build with a JDK"));
        List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
        arguments.addAll(files(classes));
        int exit = javap.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        if (exit != 0) {
            throw new IllegalStateException("javap ended with " + exit + ": " + err);
        }
        return out.toString();
    }

    private static List<String> files(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
