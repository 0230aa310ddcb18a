package dev.latchkey.testing;

import java.util.List;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The token endpoint: takes note of each request, has it judged, answers it. */
final class TokenEndpoint implements Site {

    private final TokenServer server;

    TokenEndpoint(TokenServer server) {
        this.server = server;
    }

    /** The parts of an authorization server that its token endpoint needs. */
    record TokenServer(String tokenPath, TokenRules rules, Journal journal, JtiLog jtis, DateHeader date) {}

    @Override
    public @Nullable Visit arrive(RecordedRequest request) {
        if (!request.getUrl().encodedPath().equals(server.tokenPath)) {
            return null;
        }
        TokenRequest read = server.journal.arrived(TokenRequestReader.read(request));
        read.assertions().forEach(assertion -> noteJti(read, assertion));
        List<Refusal> faults = server.rules.faults(read);
        faults.forEach(fault -> server.journal.violation(read, fault.reason()));
        return new TokenVisit(read, faults);
    }

    private void noteJti(TokenRequest request, Assertion assertion) {
        server.jtis
                .note(assertion, request)
                .ifPresent(
                        first -> server.journal.violation(request, "The assertion's jti was seen before, in " + first));
    }

    @Override
    public Reply finish(Reply reply) {
        return server.date.on(reply);
    }

    private final class TokenVisit implements Visit {

        private final TokenRequest request;
        private final List<Refusal> faults;

        TokenVisit(TokenRequest request, List<Refusal> faults) {
            this.request = request;
            this.faults = faults;
        }

        @Override
        public Reply process() {
            try {
                return server.rules.answer(request, faults);
            } catch (Refusal refusal) {
                server.journal.refused(request, refusal.reason());
                if (refusal.isMisuse() && !isNoted(refusal)) {
                    server.journal.violation(request, refusal.reason());
                }
                return refusal.reply(request.headers().first("Authorization").isPresent());
            }
        }

        private boolean isNoted(Refusal refusal) {
            return faults.stream().anyMatch(fault -> fault.reason().equals(refusal.reason()));
        }

        @Override
        public void answered(Reply reply) {
            server.journal.answered(request, reply);
        }
    }
}
