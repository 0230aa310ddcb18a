package dev.latchkey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user adds with each library. */
final class SizeSection implements Section {
    private static final Map<String, List<String>> CONTENDERS = Map.of(
            "**Latchkey**", List.of("dev.latchkey:latchkey"),
            "**Latchkey**, the limit: what it is built on",
                    List.of(
                            "com.squareup.okhttp3:okhttp-jvm",
                            "com.nimbusds:nimbus-jose-jwt",
                            "com.fasterxml.jackson.core:jackson-databind",
                            "com.github.ben-manes.caffeine:caffeine",
                            "org.slf4j:slf4j-api"),
            "Latchkey with the store on a database", List.of("dev.latchkey:latchkey", "dev.latchkey:latchkey-jdbc"),
            "google-auth", List.of("com.google.auth:google-auth-library-oauth2-http"),
            "MSAL4J", List.of("com.microsoft.azure:msal4j"),
            "Spring, with Jackson",
                    List.of(
                            "org.springframework.security:spring-security-oauth2-client",
                            "com.fasterxml.jackson.core:jackson-databind"),
            "Azure, its core alone", List.of("com.azure:azure-core"),
            "AWS, its utilities alone", List.of("software.amazon.awssdk:utils"),
            "nimbus", List.of("com.nimbusds:oauth2-oidc-sdk"));

    @Override
    public void run(Measuring measuring) throws IOException {
        Optional<BroughtJars> brought = BroughtJars.besideBenchmarks();
        if (brought.isEmpty()) {
            return;
        }
        Table table = new Table("what a user adds", "jars", "MB");
        for (var contender : CONTENDERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            List<Path> jars = brought.get().of(contender.getValue());
            long octets = 0;
            for (Path jar : jars) {
                octets += Files.size(jar);
            }
            table.row(contender.getKey(), jars.size(), octets / 1e6);
        }
        table.print();
    }
}
