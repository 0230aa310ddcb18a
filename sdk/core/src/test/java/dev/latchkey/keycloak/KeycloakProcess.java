package dev.latchkey.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keycloak's JVM. It is started without {@code kc.sh}, which would leave the JVM behind when it is killed, and which needs
 * a shell.
 */
final class KeycloakProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    /** The first start on a machine puts the server together, then wants to be started again. */
    private static final int START_AGAIN = 10;

    private final Path home;
    private final CompletableFuture<String> origin = new CompletableFuture<>();
    private final AtomicReference<Process> current = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread atExit = new Thread(this::kill, "keycloak-kill");

    private KeycloakProcess(Path home) {
        this.home = home;
    }

    static KeycloakProcess start(Path home) throws IOException {
        var keycloak = new KeycloakProcess(home);
        Runtime.getRuntime().addShutdownHook(keycloak.atExit);
        Process process = keycloak.launch(List.of());
        Thread reader = new Thread(() -> keycloak.follow(process), "keycloak-output");
        reader.setDaemon(true);
        reader.start();
        return keycloak;
    }

    /** Scheme, address and port, once it listens. */
    CompletableFuture<String> origin() {
        return origin;
    }

    Path log() {
        return home.resolveSibling("keycloak.log");
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void kill() {
        closed.set(true);
        Process process = current.get();
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Process first) {
        try (Writer log = Files.newBufferedWriter(log())) {
            Process process = first;
            copy(process, log);
            if (process.waitFor() == START_AGAIN && !closed.get()) {
                process = launch(List.of("-Dkc.config.built=true"));
                copy(process, log);
            }
            throw new IOException("Keycloak ended with exit code " + process.waitFor());
        } catch (IOException | InterruptedException e) {
            origin.completeExceptionally(e);
        }
    }

    private void copy(Process process, Writer log) throws IOException {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.write(line + "\n");
                log.flush();
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    origin.complete(listening.group(1));
                }
            }
        }
    }

    private Process launch(List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(jvmOptions());
        command.addAll(
                List.of("-cp", home.resolve("lib").resolve("quarkus-run.jar").toString()));
        command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
        command.addAll(List.of("start-dev", "--import-realm", "--db=dev-mem"));
        // Port 0: the system chooses one that is free, and the output tells which.
        command.addAll(List.of("--http-host=127.0.0.1", "--http-port=0"));
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        current.set(process);
        if (closed.get()) {
            kill();
        }
        return process;
    }

    /** Those of {@code kc.sh}, with less memory. */
    private List<String> jvmOptions() {
        return List.of(
                "-Xms64m",
                "-Xmx512m",
                "-XX:MaxMetaspaceSize=256m",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000");
    }
}
