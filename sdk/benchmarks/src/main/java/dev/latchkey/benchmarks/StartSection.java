package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A process that gets one token over https and ends: from its start to its end. The contenders take turns. */
final class StartSection implements Section {
    private static final String LATCHKEY = "dev.latchkey:latchkey";
    private static final String OKHTTP = "com.squareup.okhttp3:okhttp-jvm";
    private static final String JACKSON = "com.fasterxml.jackson.core:jackson-databind";
    /** An application has something that takes the log. */
    private static final String LOG = "org.slf4j:slf4j-nop";

    @Override
    public void run(Measuring measuring) throws Exception {
        Optional<BroughtJars> brought = BroughtJars.besideBenchmarks();
        if (brought.isEmpty()) {
            return;
        }
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates tls =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (StubEndpoint endpoint = StubEndpoint.start(tls.sslContext());
                StartPrograms programs = new StartPrograms(brought.get(), certificate.certificate())) {
            measure(contenders(programs, endpoint.uri()), endpoint.uri(), 2 * measuring.rounds());
        }
    }

    private static List<StartContender> contenders(StartPrograms programs, URI endpoint) throws Exception {
        StartContender byHand = programs.contender("OkHttp and Jackson by hand", "OKHTTP", OKHTTP, JACKSON);
        StartContender latchkey = programs.contender("**Latchkey**", "LATCHKEY", LATCHKEY, LOG);
        StartContender warm =
                programs.contender("**Latchkey** alone, given a client that was used before", "WARM", LATCHKEY, LOG);
        List<StartContender> contenders = new ArrayList<>(List.of(
                programs.contender("nothing at all", "NOTHING"),
                programs.contender("the JDK's client by hand", "JDK"),
                byHand,
                latchkey));
        contenders.addAll(peers(programs));
        for (StartContender contender : List.of(byHand, latchkey)) {
            contenders.add(contender.fromArchive(programs.directory(), endpoint));
        }
        contenders.add(warm);
        contenders.add(warm.fromArchive(programs.directory(), endpoint));
        return contenders;
    }

    private static List<StartContender> peers(StartPrograms programs) {
        return List.of(
                programs.contender("nimbus", "NIMBUS", "com.nimbusds:oauth2-oidc-sdk"),
                programs.contender("MSAL4J", "MSAL4J", "com.microsoft.azure:msal4j", LOG),
                programs.contender("google-auth", "GOOGLE_AUTH", "com.google.auth:google-auth-library-oauth2-http"),
                programs.contender(
                        "Spring manager, with Jackson",
                        "SPRING",
                        "org.springframework.security:spring-security-oauth2-client",
                        JACKSON,
                        LOG));
    }

    private static void measure(List<StartContender> contenders, URI endpoint, int rounds) throws Exception {
        Map<StartContender, List<Double>> all = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (StartContender contender : contenders) {
                double millis = contender.millis(endpoint);
                if (round >= 0) {
                    all.computeIfAbsent(contender, any -> new ArrayList<>()).add(millis);
                }
            }
        }
        print(all);
    }

    private static void print(Map<StartContender, List<Double>> all) {
        Table table = new Table("first token over https, whole process", "ms", "of OkHttp by hand");
        double byHand = all.entrySet().stream()
                .filter(entry -> entry.getKey().program().equals("OKHTTP"))
                .mapToDouble(entry -> Measuring.median(entry.getValue()))
                .findFirst()
                .orElseThrow();
        all.forEach((contender, millis) -> {
            double median = Measuring.median(millis);
            table.row(contender.label(), median, contender.isPart() ? "" : Table.times(median / byHand));
        });
        table.print();
    }
}
