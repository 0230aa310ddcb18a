package dev.latchkey.examples.quickstart;

import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRejected;
import dev.latchkey.testing.RecordedApiRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The scenes in which a token ends, and no caller notices. */
final class Healing {
    private final Page page;
    private final Claims claims;
    private final World world;

    Healing(Page page, Claims claims, World world) {
        this.page = page;
        this.claims = claims;
        this.world = world;
    }

    void run() throws IOException {
        refreshedAhead();
        revoked();
    }

    private void refreshedAhead() throws IOException {
        page.section("Refreshed ahead of its end, and nobody waited");
        int before = world.server.tokenRequestCount();
        Duration life = world.events.last(TokenIssued.class).life();
        Duration passed = life.multipliedBy(86).dividedBy(100);
        world.time.advance(passed);
        page.row(
                "the clock moves on",
                passed.toSeconds() + " s; the token has " + life.minus(passed).toSeconds() + " s left");
        world.server.hold();
        claims.check("GET /patients", 200, world.get(world.client, "/patients"));
        world.server.awaitRequests(before + 1);
        claims.check("meanwhile, behind it", "a token request, not answered yet", lastTokenRequest());
        Optional<String> old = lastCall().bearerToken();
        world.server.release();
        world.settle();
        claims.check("GET /patients", 200, world.get(world.client, "/patients"));
        claims.check(
                "with", "another token", lastCall().bearerToken().equals(old) ? "the same token" : "another token");
        claims.check("token requests for it", 1, world.server.tokenRequestCount() - before);
    }

    private String lastTokenRequest() {
        var requests = world.server.tokenRequests();
        int status = requests.get(requests.size() - 1).status();
        return status == 0 ? "a token request, not answered yet" : "a token request, answered " + status;
    }

    private void revoked() throws IOException {
        page.section("Revoked by the server, healed by one replay");
        int tokenRequests = world.server.tokenRequestCount();
        int calls = world.api.requestCount();
        int rejected = world.events.count(TokenRejected.class);
        world.server.revokeAll();
        claims.check("GET /patients", 200, world.get(world.client, "/patients"));
        claims.check("the API answered", "401, then 200", statusesSince(calls));
        claims.check("tokens refused", 1, world.events.count(TokenRejected.class) - rejected);
        claims.check("token requests for it", 1, world.server.tokenRequestCount() - tokenRequests);
    }

    private String statusesSince(int calls) {
        return world.api.requests().stream()
                .skip(calls)
                .map(RecordedApiRequest::status)
                .map(String::valueOf)
                .collect(Collectors.joining(", then "));
    }

    private RecordedApiRequest lastCall() {
        List<RecordedApiRequest> calls = world.api.requests();
        return calls.get(calls.size() - 1);
    }
}
