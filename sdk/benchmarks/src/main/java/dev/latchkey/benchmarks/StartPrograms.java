package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.FirstToken;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Makes contenders of a start: each has the jars that its user has, and no others, on its class path. */
final class StartPrograms implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final BroughtJars brought;
    private final Path directory;
    private final Path programs;
    private final Path trustStore;

    /** Files of them all, in a directory that goes at the end. */
    StartPrograms(BroughtJars brought, X509Certificate trusted) throws IOException, GeneralSecurityException {
        this.brought = brought;
        this.directory = Files.createTempDirectory("latchkey-start");
        this.programs = directory.resolve("programs.jar");
        this.trustStore = directory.resolve("trust.p12");
        writePrograms();
        writeTrustStore(trusted);
    }

    /** {@return where more files may be written} */
    Path directory() {
        return directory;
    }

    StartContender contender(String label, String program, String... artifacts) {
        StringJoiner classPath = new StringJoiner(File.pathSeparator).add(programs.toString());
        brought.of(List.of(artifacts)).forEach(jar -> classPath.add(jar.toString()));
        return new StartContender(
                label,
                program,
                List.of(
                        "-cp",
                        classPath.toString(),
                        "-Djavax.net.ssl.trustStore=" + trustStore,
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));
    }

    /** Without the manifest of their jar, which names the jars of all. */
    private void writePrograms() throws IOException {
        String ours = FirstToken.class.getPackageName().replace('.', '/') + "/";
        try (JarFile from = new JarFile(brought.benchmarks().toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(programs))) {
            for (JarEntry entry : Collections.list(from.entries())) {
                if (entry.getName().startsWith(ours) && entry.getName().endsWith(".class")) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
    }

    private void writeTrustStore(X509Certificate trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        store.setCertificateEntry("server", trusted);
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(StartPrograms::delete);
        }
        Files.delete(directory);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
