package dev.latchkey.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jazzer on one target, in a JVM of 128 MB. Its corpus stays in {@code target/fuzz}, and the next run goes on with it. */
final class JazzerProcess {
    private static final Pattern RUNS = Pattern.compile("(?m)^#([0-9]+)");
    private static final int MINUTES = 10;

    private final Targets target;
    private final int seconds;
    private final Path folder;

    JazzerProcess(Targets target, int seconds) {
        this.target = target;
        this.seconds = seconds;
        this.folder = Path.of("target/fuzz", target.folder());
    }

    record Result(int exitCode, long executions, String log) {}

    Result run() throws Exception {
        Path log = folder.resolve("log.txt");
        Seeds.write(target, folder.resolve("corpus"));
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(seconds + MINUTES * 60L, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        return new Result(process.waitFor(), executions(text), text);
    }

    private static long executions(String log) {
        Matcher runs = RUNS.matcher(log);
        long last = 0;
        while (runs.find()) {
            last = Long.parseLong(runs.group(1));
        }
        return last;
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=dev.latchkey.**:com.nimbusds.jose.**",
                "--custom_hook_includes=dev.latchkey.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-max_len=65536",
                "-timeout=300",
                folder.resolve("corpus").toString());
    }
}
