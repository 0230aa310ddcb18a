package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.FirstToken;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A process that gets one token over https and ends: from its start to its end. Each has the jars that its user has, and no others
 * on its class path. The contenders take turns.
 */
final class StartSection implements Section {
    private static final String PASSWORD = "changeit";
    private static final String LATCHKEY = "dev.latchkey:latchkey";
    /** Spring reads no token without it, but leaves it to its user. */
    private static final String JACKSON = "com.fasterxml.jackson.core:jackson-databind";
    /** With where its log goes, as an application has it. */
    private static final String LOG = "org.slf4j:slf4j-nop";

    /**
     * A program of {@link FirstToken}.
     *
     * @param label how the table names it
     * @param program its name
     * @param options of the JVM, the class path among them
     */
    private record Contender(String label, String program, List<String> options) {
        Contender fromArchive(Path archive) {
            List<String> with = new ArrayList<>(options);
            with.add((isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
            return new Contender(label + ", classes from an archive", program, with);
        }

        static boolean isAot() {
            return Runtime.version().feature() >= 25;
        }
    }

    @Override
    public void run(Measuring measuring) throws Exception {
        Optional<BroughtJars> brought = BroughtJars.besideBenchmarks();
        if (brought.isEmpty()) {
            return;
        }
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        Path directory = Files.createTempDirectory("latchkey-start");
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (StubEndpoint endpoint = StubEndpoint.start(tls.sslContext())) {
            Programs programs = new Programs(
                    brought.get(),
                    programsAlone(directory, brought.get().benchmarks()),
                    trustStore(directory, certificate));
            measure(contenders(programs, directory, endpoint.uri()), endpoint.uri(), 2 * measuring.rounds());
        }
    }

    private static void measure(List<Contender> contenders, URI endpoint, int rounds) throws Exception {
        Map<Contender, List<Double>> all = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Contender contender : contenders) {
                double millis = millis(contender, endpoint);
                if (round >= 0) {
                    all.computeIfAbsent(contender, any -> new ArrayList<>()).add(millis);
                }
            }
        }
        print(all);
    }

    /** What a process starts from, beside its own options. */
    private record Programs(BroughtJars brought, Path alone, Path trustStore) {
        Contender contender(String label, String program, String... artifacts) {
            StringJoiner classPath = new StringJoiner(File.pathSeparator).add(alone.toString());
            brought.of(List.of(artifacts)).forEach(jar -> classPath.add(jar.toString()));
            return new Contender(
                    label,
                    program,
                    List.of(
                            "-cp",
                            classPath.toString(),
                            "-Djavax.net.ssl.trustStore=" + trustStore,
                            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));
        }
    }

    private static List<Contender> contenders(Programs programs, Path directory, URI endpoint) throws Exception {
        Contender byHand =
                programs.contender("OkHttp and Jackson by hand", "OKHTTP", "com.squareup.okhttp3:okhttp-jvm", JACKSON);
        Contender latchkey = programs.contender("**Latchkey**", "LATCHKEY", LATCHKEY, LOG);
        Contender warm =
                programs.contender("**Latchkey** alone, given a client that was used before", "WARM", LATCHKEY, LOG);
        return List.of(
                programs.contender("nothing at all", "NOTHING"),
                programs.contender("the JDK's client by hand", "JDK"),
                byHand,
                latchkey,
                programs.contender("nimbus", "NIMBUS", "com.nimbusds:oauth2-oidc-sdk"),
                programs.contender("MSAL4J", "MSAL4J", "com.microsoft.azure:msal4j", LOG),
                programs.contender("google-auth", "GOOGLE_AUTH", "com.google.auth:google-auth-library-oauth2-http"),
                programs.contender(
                        "Spring manager",
                        "SPRING",
                        "org.springframework.security:spring-security-oauth2-client",
                        JACKSON),
                archived(byHand, directory, endpoint),
                archived(latchkey, directory, endpoint),
                warm,
                archived(warm, directory, endpoint));
    }

    /** One run records what it loads; the next ones start from that. */
    private static Contender archived(Contender contender, Path directory, URI endpoint) throws Exception {
        Path archive = directory.resolve(contender.program() + ".archive");
        List<String> recording = new ArrayList<>(contender.options());
        recording.add((Contender.isAot() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        launch(new Contender(contender.label(), contender.program(), recording), endpoint);
        return contender.fromArchive(archive);
    }

    /** The one that is given a warm client says itself what Latchkey took. */
    private static double millis(Contender contender, URI endpoint) throws Exception {
        long start = System.nanoTime();
        String printed = launch(contender, endpoint);
        return printed.isBlank() ? (System.nanoTime() - start) / 1e6 : Double.parseDouble(printed.strip());
    }

    private static String launch(Contender contender, URI endpoint) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contender.options());
        command.addAll(List.of(FirstToken.class.getName(), contender.program(), endpoint.toString()));
        Path errors = Files.createTempFile("latchkey-start", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(contender.program() + " failed: " + Files.readString(errors));
        }
        Files.delete(errors);
        return printed;
    }

    /** The programs without the manifest of their jar, which names the jars of all. */
    private static Path programsAlone(Path directory, Path benchmarks) throws IOException {
        Path alone = directory.resolve("programs.jar");
        try (JarFile from = new JarFile(benchmarks.toFile());
                JarOutputStream to = new JarOutputStream(Files.newOutputStream(alone))) {
            String programs = FirstToken.class.getPackageName().replace('.', '/') + "/";
            for (JarEntry entry : Collections.list(from.entries())) {
                if (entry.getName().startsWith(programs) && entry.getName().endsWith(".class")) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        return alone;
    }

    private static Path trustStore(Path directory, HeldCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        store.setCertificateEntry("server", certificate.certificate());
        Path file = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static void print(Map<Contender, List<Double>> all) {
        Table table = new Table("first token over https, whole process", "ms", "of OkHttp by hand");
        double byHand = all.entrySet().stream()
                .filter(entry -> entry.getKey().program().equals("OKHTTP"))
                .mapToDouble(entry -> Measuring.median(entry.getValue()))
                .findFirst()
                .orElseThrow();
        all.forEach((contender, millis) -> {
            double median = Measuring.median(millis);
            boolean isPart = contender.program().equals("WARM");
            table.row(contender.label(), median, isPart ? "" : Table.times(median / byHand));
        });
        table.print();
    }
}
