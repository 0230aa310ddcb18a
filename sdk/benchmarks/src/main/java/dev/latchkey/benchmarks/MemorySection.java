package dev.latchkey.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The heap that a signed-in user takes while nobody calls. */
final class MemorySection implements Section {
    @Override
    public void run(Measuring measuring) throws Exception {
        Table table = new Table("resident users", "bytes each", "of that token text", "beyond the text");
        double text = ResidentUsers.TOKEN + ResidentUsers.REFRESH;
        for (int users : new int[] {10_000, 100_000, 1_000_000}) {
            double each = measured(users);
            table.row(
                    "%,d".formatted(users),
                    "%.0f".formatted(each),
                    "%.0f".formatted(text),
                    "%.0f".formatted(each - text));
        }
        table.print();
    }

    private static double measured(int users) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx4g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResidentUsers.class.getName(),
                        String.valueOf(users)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.isBlank() ? Double.NaN : Double.parseDouble(printed.strip());
    }
}
