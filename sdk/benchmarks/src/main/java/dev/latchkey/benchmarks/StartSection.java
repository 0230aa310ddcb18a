package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.FirstToken;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A process that gets one token over https and ends: from its start to its end. The contenders take turns. */
final class StartSection implements Section {
    private static final String PASSWORD = "changeit";

    private record Contender(String label, String program, List<String> options) {}

    @Override
    public void run(Measuring measuring) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        Path directory = Files.createTempDirectory("latchkey-start");
        List<String> trust = List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore(directory, certificate),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (StubEndpoint endpoint = StubEndpoint.start(tls.sslContext())) {
            String uri = endpoint.uri().toString();
            List<Contender> contenders = contenders(directory, trust, uri);
            Map<Contender, List<Double>> all = new LinkedHashMap<>();
            List<Contender> ours = besideWarmClient(directory, trust, uri);
            Map<Contender, List<Double>> ofOurs = new LinkedHashMap<>();
            for (int round = -1; round < 2 * measuring.rounds(); round++) {
                for (Contender contender : contenders) {
                    long start = System.nanoTime();
                    launch(contender.options(), trust, contender.program(), uri);
                    double millis = (System.nanoTime() - start) / 1e6;
                    if (round >= 0) {
                        all.computeIfAbsent(contender, any -> new ArrayList<>()).add(millis);
                    }
                }
                for (Contender contender : ours) {
                    double millis = Double.parseDouble(launch(contender.options(), trust, contender.program(), uri)
                            .strip());
                    if (round >= 0) {
                        ofOurs.computeIfAbsent(contender, any -> new ArrayList<>())
                                .add(millis);
                    }
                }
            }
            print(all, ofOurs);
        }
    }

    private static List<Contender> contenders(Path directory, List<String> trust, String uri) throws Exception {
        List<Contender> contenders = new ArrayList<>(List.of(
                new Contender("nothing at all", "NOTHING", List.of()),
                new Contender("the JDK's client by hand", "JDK", List.of()),
                new Contender("OkHttp and Jackson by hand", "OKHTTP", List.of()),
                new Contender("**Latchkey**", "LATCHKEY", List.of()),
                new Contender("nimbus", "NIMBUS", List.of()),
                new Contender("MSAL4J", "MSAL4J", List.of()),
                new Contender("google-auth", "GOOGLE_AUTH", List.of()),
                new Contender("Spring manager", "SPRING", List.of())));
        if (ranFromJars()) {
            for (String program : List.of("OKHTTP", "LATCHKEY")) {
                String label = program.equals("LATCHKEY") ? "**Latchkey**" : "OkHttp and Jackson by hand";
                contenders.add(new Contender(
                        label + ", classes from an archive", program, archive(directory, trust, program, uri)));
            }
        }
        return contenders;
    }

    /** These say themselves what Latchkey took. */
    private static List<Contender> besideWarmClient(Path directory, List<String> trust, String uri) throws Exception {
        String label = "**Latchkey** alone, given a client that was used before";
        List<Contender> contenders = new ArrayList<>(List.of(new Contender(label, "WARM", List.of())));
        if (ranFromJars()) {
            contenders.add(
                    new Contender(label + ", classes from an archive", "WARM", archive(directory, trust, "WARM", uri)));
        }
        return contenders;
    }

    /** An archive of loaded classes cannot be made of directories. */
    private static boolean ranFromJars() {
        return System.getProperty("java.class.path").endsWith(".jar");
    }

    /** One run records what it loads; the option that is given back lets the next ones start from that. */
    private static List<String> archive(Path directory, List<String> trust, String program, String uri)
            throws Exception {
        Path file = directory.resolve(program + ".archive");
        boolean aot = Runtime.version().feature() >= 25;
        launch(List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file), trust, program, uri);
        return List.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }

    private static String launch(List<String> options, List<String> trust, String program, String uri)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(trust);
        command.addAll(List.of(FirstToken.class.getName(), program, uri));
        Path errors = Files.createTempFile("latchkey-start", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program + " failed: " + Files.readString(errors));
        }
        Files.delete(errors);
        return printed;
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

    private static void print(Map<Contender, List<Double>> all, Map<Contender, List<Double>> ofOurs) {
        Table table = new Table("first token over https, whole process", "ms", "of OkHttp by hand");
        double byHand = all.entrySet().stream()
                .filter(entry -> entry.getKey().program().equals("OKHTTP"))
                .mapToDouble(entry -> Measuring.median(entry.getValue()))
                .findFirst()
                .orElseThrow();
        all.forEach((contender, millis) ->
                table.row(contender.label(), Measuring.median(millis), Table.times(Measuring.median(millis) / byHand)));
        ofOurs.forEach((contender, millis) -> table.row(contender.label(), Measuring.median(millis), ""));
        table.print();
    }
}
