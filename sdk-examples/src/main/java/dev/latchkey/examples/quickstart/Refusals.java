package dev.latchkey.examples.quickstart;

import dev.latchkey.TokenManager;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.MissingClientKeyException;
import dev.latchkey.error.NotFoundException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The scenes in which a server says no: the exception, why, and what to do. */
final class Refusals {
    private static final String NO_SUCH_PATIENT = "{\"type\":\"https://api.example.com/problems/no-such-patient\","
            + "\"title\":\"No such patient\",\"status\":404,\"detail\":\"There is no patient 4711.\"}";

    private final Page page;
    private final Facts facts;
    private final Claims claims;
    private final World world;

    Refusals(Page page, Claims claims, World world) {
        this.page = page;
        this.facts = new Facts(page);
        this.claims = claims;
        this.world = world;
    }

    /** Something that is expected to be refused. */
    private interface Refused {
        void run() throws IOException;
    }

    void run() throws IOException {
        assertion();
        notFound();
        missingClientKey();
    }

    private void assertion() throws IOException {
        page.section("An assertion that the server refuses: another private key under the same kid");
        int before = world.server.tokenRequestCount();
        try (TokenManager wrong = world.manager(World.newKey()).build()) {
            refused(InvalidClientException.class, wrong::token);
        }
        claims.check("token requests for it", 1, world.server.tokenRequestCount() - before);
    }

    private void notFound() throws IOException {
        page.section("An API error as a typed exception: 404 with problem details");
        world.api.next(Answer.bytes(404, "application/problem+json", NO_SUCH_PATIENT.getBytes(StandardCharsets.UTF_8)));
        refused(NotFoundException.class, () -> world.get(world.client, "/patients/4711"));
    }

    private void missingClientKey() throws IOException {
        page.section("A call without " + World.CLIENT_KEY_HEADER + ": status 499");
        try (TokenManager without = world.manager(world.key).build()) {
            refused(MissingClientKeyException.class, () -> world.get(world.client(without), "/patients"));
        }
    }

    private void refused(Class<? extends OAuthException> expected, Refused call) throws IOException {
        try {
            call.run();
            claims.check("thrown", expected.getSimpleName(), "nothing");
        } catch (OAuthException e) {
            claims.check("thrown", expected.getSimpleName(), e.getClass().getSimpleName());
            facts.error(e);
        }
    }
}
