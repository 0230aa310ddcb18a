package dev.latchkey.examples.cli;

import static dev.latchkey.examples.cli.OptionCheck.checked;

import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.AssertionProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where tokens come from; makes the token manager of them. */
final class ManagerOptions {
    @Option(
            names = "--token-endpoint",
            paramLabel = "URL",
            required = true,
            description = "where tokens are requested: https, or http to this machine")
    String tokenEndpoint = "";

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "issuer identifier of the authorization server, exactly as its metadata has it")
    @Nullable
    String issuer;

    @Option(names = "--client-id", paramLabel = "ID", required = true, description = "the client")
    String clientId = "";

    @Mixin
    ProofOptions proof = new ProofOptions();

    @Option(
            names = "--assertion-profile",
            paramLabel = "PROFILE",
            description = "audience of the assertion: issuer or token-endpoint. Default: issuer where one is given")
    @Nullable
    String assertionProfile;

    @Option(names = "--scope", paramLabel = "\"A B\"", description = "scopes to ask for. Default: the server decides")
    @Nullable
    String scope;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "header of token requests and API calls, such as x-client-key; repeatable")
    List<String> headers = new ArrayList<>();

    TokenManager.Builder manager(Console console) {
        TokenManager.Builder manager = checked("--token-endpoint", () -> TokenManager.builder(tokenEndpoint));
        checked("--client-id", () -> manager.clientId(clientId));
        String issuerUrl = issuer;
        if (issuerUrl != null) {
            checked("--issuer", () -> manager.issuer(issuerUrl));
        }
        String scopes = scope;
        if (scopes != null) {
            checked("--scope", () -> manager.scope(scopes));
        }
        String profile = assertionProfile;
        if (profile != null) {
            manager.assertionProfile(profile(profile));
        }
        for (HeaderOption header : HeaderOption.parse(headers)) {
            if (!header.isOfTheCall()) {
                checked("--header", () -> manager.header(header.name(), header.value()));
            }
        }
        return manager.clientAuthentication(proof.authentication(console));
    }

    private AssertionProfile profile(String name) {
        return switch (name) {
            case "token-endpoint" -> AssertionProfile.tokenEndpoint();
            case "issuer" -> {
                if (issuer == null) {
                    throw new UsageException(
                            "--assertion-profile issuer: needs --issuer URL, which becomes the audience.");
                }
                yield AssertionProfile.issuer();
            }
            default -> throw new UsageException("--assertion-profile: unknown; use issuer or token-endpoint.");
        };
    }
}
