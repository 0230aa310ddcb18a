package consumer;

import dev.latchkey.TokenManager;

/** Expects that a manager cannot be built, and that the message has the cure. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        TokenManager.Builder builder = TokenManager.builder("https://auth.example.com/token")
                .clientId("my-client")
                .clientSecret("a secret");
        try {
            builder.build();
        } catch (IllegalStateException e) {
            expect(e.getMessage(), "OkHttp 4.12.0 is loaded");
            expect(e.getMessage(), "okhttp-4.12.0.jar, okhttp-jvm-5.5.1.jar");
            expect(e.getMessage(), "Import com.squareup.okhttp3:okhttp-bom:5.5.1");
            return;
        }
        throw new AssertionError("build() did not notice that OkHttp 4 comes first");
    }

    private static void expect(String message, String part) {
        if (!message.contains(part)) {
            throw new AssertionError("\"" + part + "\" is missing in: " + message);
        }
    }
}
