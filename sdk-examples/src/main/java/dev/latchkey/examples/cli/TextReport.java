package dev.latchkey.examples.cli;

import dev.latchkey.event.TokenIssued;
import dev.latchkey.token.AccessToken;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** For people: a token as a table, an answer as its body, with the status on standard error so that pipes stay clean. */
final class TextReport implements Report {
    private final Console console;
    private final OutputOptions options;
    private final Observed observed;
    private @Nullable AccessToken token;
    private @Nullable ApiAnswer answer;
    private @Nullable Failure failure;

    TextReport(Console console, OutputOptions options, Observed observed) {
        this.console = console;
        this.options = options;
        this.observed = observed;
    }

    @Override
    public void token(AccessToken came) {
        token = came;
    }

    @Override
    public void answer(ApiAnswer came) {
        answer = came;
    }

    @Override
    public void failure(Failure why) {
        failure = why;
    }

    @Override
    public void end() {
        if (failure != null) {
            print(console, failure);
        } else if (answer != null) {
            print(answer);
        } else if (token != null) {
            print(token);
        }
    }

    static void print(Console console, Failure failure) {
        console.err().println("latchkey: " + failure.message());
        if (!failure.remedy().isEmpty()) {
            console.err().println("To do: " + failure.remedy());
        }
    }

    private void print(ApiAnswer came) {
        console.err().println("HTTP " + came.status());
        came.writeTo(console.out());
    }

    private void print(AccessToken came) {
        row("access_token", options.showToken ? came.value() : Masking.MASK + "  (--show-token shows it)");
        row("token_type", came.type().name());
        row(
                "expires_in",
                observed.issued()
                        .map(TokenIssued::life)
                        .map(life -> life.toSeconds() + " s")
                        .orElse("?"));
        row("expires_at", came.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        row("scope", came.scope().isEmpty() ? "(none named)" : came.scope().toString());
    }

    private void row(String label, String value) {
        console.out().println(label + " ".repeat(14 - label.length()) + value);
    }
}
