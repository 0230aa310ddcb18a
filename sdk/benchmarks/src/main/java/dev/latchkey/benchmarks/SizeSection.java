package dev.latchkey.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jars that a user gets with each library, in the versions that this build has agreed on. */
final class SizeSection implements Section {
    private static final Map<String, List<String>> CONTENDERS = Map.of(
            "**Latchkey**", List.of("dev.latchkey:latchkey"),
            "Latchkey with the store on a database", List.of("dev.latchkey:latchkey", "dev.latchkey:latchkey-jdbc"),
            "google-auth", List.of("com.google.auth:google-auth-library-oauth2-http"),
            "MSAL4J", List.of("com.microsoft.azure:msal4j"),
            "Spring", List.of("org.springframework.security:spring-security-oauth2-client"),
            "Azure, its core alone", List.of("com.azure:azure-core"),
            "AWS, its utilities alone", List.of("software.amazon.awssdk:utils"),
            "nimbus", List.of("com.nimbusds:oauth2-oidc-sdk"));

    @Override
    public void run(Measuring measuring) throws IOException {
        Path home =
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
        Path lib = home == null ? Path.of("lib") : home.resolve("lib");
        try (InputStream text = SizeSection.class.getResourceAsStream("/dependency-tree.txt")) {
            if (text == null || !Files.isDirectory(lib)) {
                System.out.println("Only of benchmarks.jar, with its lib beside it.");
                return;
            }
            DependencyTree tree = DependencyTree.read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            Table table = new Table("what a user adds", "jars", "MB");
            for (var contender : CONTENDERS.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                Set<String> jars = tree.jarsOf(contender.getValue());
                long octets = 0;
                for (String jar : jars) {
                    octets += Files.size(lib.resolve(jar));
                }
                table.row(contender.getKey(), jars.size(), octets / 1e6);
            }
            table.print();
        }
    }
}
