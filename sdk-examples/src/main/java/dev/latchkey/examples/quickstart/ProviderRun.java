package dev.latchkey.examples.quickstart;

import dev.latchkey.TokenManager;
import java.io.IOException;
import java.util.List;

/** The run against one prepared provider's simulator: the same scenes for all, with the claims of each. */
public final class ProviderRun {
    private final Page page;
    private final Facts facts;
    private final Claims claims;
    private final String name;
    private final EventLog events = new EventLog();

    /**
     * Prepares a run.
     *
     * @param page where to print
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException if there is no such provider; the message lists those there are
     */
    public ProviderRun(Page page, String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "provider: unknown; use one of " + String.join(", ", names()) + ", or leave it out.");
        }
        this.page = page;
        this.facts = new Facts(page);
        this.claims = new Claims(page);
        this.name = name;
    }

    /** {@return the names of the providers} */
    public static List<String> names() {
        return SimulatedProviders.NAMES;
    }

    /** {@return the exit code: 0 if everything was as claimed, otherwise 1} */
    public int run() {
        try (SimulatedProvider provider = SimulatedProviders.start(name);
                TokenManager tokens = provider.manager(events)) {
            title(provider);
            new ProviderScenes(provider, tokens, events, page, claims).run();
        } catch (IOException e) {
            page.end("Stopped: " + e.getMessage());
            return 1;
        }
        page.end((claims.allKept() ? "All is well: " : "Something is wrong: ") + claims.kept() + " of " + claims.made()
                + " claims held.");
        return claims.allKept() ? 0 : 1;
    }

    private void title(SimulatedProvider provider) {
        page.title(
                "Latchkey quick start: " + provider.provider().name(),
                "A simulator of the provider runs inside this process, and answers as its documents say; a client calls it"
                        + " over HTTP. All of this happened just now; (ok) marks what was checked.");
        page.section("The provider in one line");
        provider.particulars().line().lines().forEach(line -> page.row(line.startsWith(".") ? "" : "there", line));
        page.row("here", "the same at " + provider.simulator().baseUrl());
        provider.credentials().show(page, facts);
    }
}
