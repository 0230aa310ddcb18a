package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.LoginException;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.Scope;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/** The URI by which a person comes back, as text of a browser. STATE stands for the true state, which no fuzzer guesses. */
final class CallbackTarget implements Target {
    private static final String CLIENT = "client";
    private static final Provider PROVIDER = Provider.builder("https://auth.example.com/token")
            .issuer("https://auth.example.com")
            .endpoint(Endpoint.AUTHORIZATION, "https://auth.example.com/authorize")
            .build();
    private static final PendingLogin PENDING =
            LoginRequest.of("https://app.example.com/callback").pending(PROVIDER, CLIENT, Scope.none(), Answers.NOW);
    private static final String STATE = state(PENDING);

    @Override
    public void read(byte[] input) {
        String uri = new String(input, UTF_8).replace("STATE", STATE);
        Promise.holds(LoginException.class, () -> PENDING.answer(uri, PROVIDER, CLIENT, Answers.NOW));
    }

    /** What an application kept of a sign-in that has begun: its text, or the JSON in it. */
    static void pending(byte[] input) {
        boolean isInside = input.length > 0 && input[0] == '{';
        String text = isInside ? Base64.getUrlEncoder().encodeToString(input) : new String(input, UTF_8);
        Promise.holds(IllegalArgumentException.class, () -> PendingLogin.parse(text));
    }

    private static String state(PendingLogin pending) {
        return List.of(URI.create(pending.authorizationUrl()).getQuery().split("&")).stream()
                .filter(each -> each.startsWith("state="))
                .findFirst()
                .orElseThrow()
                .substring("state=".length());
    }
}
