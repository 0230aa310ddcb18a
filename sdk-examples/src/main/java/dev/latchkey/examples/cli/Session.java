package dev.latchkey.examples.cli;

import dev.latchkey.TokenManager;
import dev.latchkey.event.EventListener;
import java.io.IOException;
import java.util.List;

/** One run of a command: what it watches and how it ends, whatever happens. */
final class Session {
    private final Console console;
    private final Observed observed = new Observed();
    private final Report report;
    private final boolean traced;

    Session(Console console, OutputOptions options) {
        this.console = console;
        this.traced = options.trace;
        this.report =
                options.json ? new JsonReport(console, options, observed) : new TextReport(console, options, observed);
    }

    /** What a command does. */
    interface Work {
        void run(Report report) throws IOException;
    }

    int run(Work work) {
        int exitCode = ExitCode.DONE;
        try {
            work.run(report);
        } catch (IOException | RuntimeException e) {
            Failure failure = Failure.of(e);
            report.failure(failure);
            exitCode = failure.exitCode();
        }
        report.end();
        return exitCode;
    }

    /** Makes the manager of the options, watched by this session. */
    TokenManager manager(ManagerOptions options, ApiOrigin api) {
        TokenManager.Builder manager = options.manager(console);
        OptionCheck.checked(api.argument(), "apiOrigin", () -> manager.apiOrigin(api.url()));
        return watched(options, manager);
    }

    TokenManager manager(ManagerOptions options) {
        return watched(options, options.manager(console));
    }

    private TokenManager watched(ManagerOptions options, TokenManager.Builder manager) {
        EventListener listener = traced ? both(observed, trace(options)) : observed;
        return manager.eventListener(listener).build();
    }

    boolean traced() {
        return traced;
    }

    Trace trace(ManagerOptions options) {
        List<String> names = HeaderOption.parse(options.headers).stream()
                .filter(header -> !header.isOfTheCall())
                .map(HeaderOption::name)
                .toList();
        return new Trace(console.err(), names);
    }

    private static EventListener both(EventListener one, EventListener other) {
        return event -> {
            one.onEvent(event);
            other.onEvent(event);
        };
    }
}
