package dev.latchkey.benchmarks.peer;

import dev.latchkey.TokenManager;
import java.net.URI;
import okhttp3.OkHttpClient;

/** A program that wants one token and ends. Loads nothing of those that are not asked for. */
public final class FirstToken {
    private FirstToken() {}

    public static void main(String[] args) throws Exception {
        URI endpoint = URI.create(args[1]);
        switch (args[0]) {
            case "NOTHING" -> {}
            case "JDK" -> use(new TokenCall(endpoint).send().value());
            case "OKHTTP" -> use(new OkHttpByHand(endpoint, new OkHttpClient()).token());
            case "LATCHKEY" -> use(new LatchkeyPeer(endpoint).token());
            case "NIMBUS" -> use(new NimbusPeer(endpoint).token());
            case "MSAL4J" -> use(new MsalPeer(endpoint).token());
            case "GOOGLE_AUTH" -> use(new GooglePeer(endpoint).token());
            case "SPRING" -> use(new SpringPeer(endpoint).token());
            case "WARM" -> warm(endpoint);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    /** What Latchkey itself takes where the application has used its client before. Prints milliseconds. */
    private static void warm(URI endpoint) throws Exception {
        OkHttpClient http = new OkHttpClient();
        new OkHttpByHand(endpoint, http).token();
        long start = System.nanoTime();
        use(new LatchkeyPeer(TokenManager.builder(endpoint.toString())
                        .clientId("client")
                        .clientSecret("secret")
                        .httpClient(http))
                .token());
        System.out.println((System.nanoTime() - start) / 1e6);
    }

    private static void use(Object token) {
        if (token == null) {
            throw new IllegalStateException("no token");
        }
    }
}
