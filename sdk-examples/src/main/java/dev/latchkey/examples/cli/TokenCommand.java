package dev.latchkey.examples.cli;

import dev.latchkey.TokenManager;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gets a token and shows what came. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {"Requests an access token and shows what came, or why none did.", ""},
        footer = {
            "",
            "Examples:",
            "  latchkey token --token-endpoint https://api.redoxengine.com/v2/auth/token \\",
            "                 --client-id ID --key private_key.pem --key-id KID --json",
            "  latchkey token --token-endpoint https://auth.example.com/oauth2/token \\",
            "                 --issuer https://auth.example.com --client-id ID --key key.pem --trace",
            "  SECRET=... latchkey token --token-endpoint https://auth.example.com/oauth2/token \\",
            "                 --client-id ID --client-secret-env SECRET --scope \"read write\""
        })
final class TokenCommand implements Callable<Integer> {
    @Mixin
    ManagerOptions options = new ManagerOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Console console;

    TokenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Session session = new Session(console, output);
        return session.run(report -> {
            try (TokenManager tokens = session.manager(options)) {
                report.token(tokens.token());
            }
        });
    }
}
