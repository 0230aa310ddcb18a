package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Child}, seen from here: lines go in, lines come out. */
final class ChildProcess {
    /** What is read where the process is no more. */
    static final String ENDED = "ended";

    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter();
        Thread reader = new Thread(this::read, "chaos-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start(String encryptionKey, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.logFile=System.err",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(Child.KEY, encryptionKey);
        return new ChildProcess(builder.start());
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("unreadable: " + e);
        }
        lines.add(ENDED);
    }

    /** Tells it something; one that is no more does not hear it. */
    void say(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            // Its end of the pipe goes before the process itself does.
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** The next line, for which it waits. */
    String line() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("a child said nothing for " + PATIENCE_SECONDS + " s");
        }
        if (line.equals(ENDED)) {
            lines.add(ENDED);
        }
        return line;
    }

    String ask(String line) throws InterruptedException {
        say(line);
        return line();
    }

    ChildProcess ready() throws InterruptedException {
        assertThat(line()).isEqualTo("ready");
        return this;
    }

    /** All lines up to its end. */
    List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (String line = line(); !line.equals(ENDED); line = line()) {
            rest.add(line);
        }
        return rest;
    }

    /** Without a chance to do anything about it. What it said before can still be read: only the handle leaves its pipes open. */
    boolean kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return true;
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
