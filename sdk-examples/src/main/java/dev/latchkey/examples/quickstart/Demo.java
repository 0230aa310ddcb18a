package dev.latchkey.examples.quickstart;

import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.util.List;

/** The run against servers in this process: ten scenes, each with claims that are checked. */
public final class Demo {
    private final Page page;
    private final Facts facts;
    private final Claims claims;

    /**
     * Prepares a run.
     *
     * @param page where to print
     */
    public Demo(Page page) {
        this.page = page;
        this.facts = new Facts(page);
        this.claims = new Claims(page);
    }

    /** {@return the exit code: 0 if everything was as claimed, otherwise 1} */
    public int run() {
        try (World world = new World()) {
            page.title(
                    "Latchkey quick start",
                    "An authorization server and an API run inside this process; a client calls them over HTTP."
                            + " All of this happened just now; (ok) marks what was checked.");
            firstToken(world);
            oneTokenForManyCalls(world);
            new Healing(page, claims, world).run();
            new Refusals(page, claims, world).run();
            balance(world);
        } catch (IOException e) {
            page.end("Stopped: " + e.getMessage());
            return 1;
        }
        page.end((claims.allKept() ? "All is well: " : "Something is wrong: ") + claims.kept() + " of " + claims.made()
                + " claims held.");
        return claims.allKept() ? 0 : 1;
    }

    private void firstToken(World world) throws IOException {
        AccessToken token = world.tokens.token();
        TokenRequestSent sent = world.events.last(TokenRequestSent.class);
        facts.key(world.key);
        facts.assertion(sent);
        facts.tokenRequest(sent);
        facts.token(token, world.events.last(TokenIssued.class));
        claims.check("known to the server", "yes", world.server.isActive(token.value()) ? "yes" : "no");
    }

    private void oneTokenForManyCalls(World world) throws IOException {
        page.section("Three API calls, one token request");
        for (String path : List.of("/patients", "/patients/42", "/patients/42/visits")) {
            claims.check("GET " + path, 200, world.get(world.client, path));
        }
        claims.check("API requests so far", 3, world.api.requestCount());
        claims.check("token requests so far", 1, world.server.tokenRequestCount());
    }

    private void balance(World world) {
        page.section("The books of both servers");
        claims.check("API requests", 9, world.api.requestCount());
        claims.check("token requests", 5, world.server.tokenRequestCount());
        claims.check(
                "as the events have it", world.server.tokenRequestCount(), world.events.count(TokenRequestSent.class));
        claims.check("assertions used twice", 0, world.server.repeatedJtiCount());
        claims.check("breaches of protocol", "none", violations(world));
    }

    private static String violations(World world) {
        List<String> all = world.server.violations();
        return all.isEmpty() ? "none" : String.join("; ", all);
    }
}
