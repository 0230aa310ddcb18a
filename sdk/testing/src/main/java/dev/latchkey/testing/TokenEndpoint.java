package dev.latchkey.testing;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The token endpoint: takes note of each request, judges it, answers it. */
final class TokenEndpoint implements Site {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final TokenServer server;

    TokenEndpoint(TokenServer server) {
        this.server = server;
    }

    /** The parts of an authorization server that its token endpoint needs. */
    record TokenServer(
            Endpoints endpoints,
            InstantSource clock,
            Settings settings,
            Journal journal,
            JtiLog jtis,
            RequestRules rules,
            ClientAuthenticationCheck authentication,
            Grants grants) {}

    @Override
    public @Nullable Visit arrive(RecordedRequest request) {
        if (!request.getUrl().encodedPath().equals(server.endpoints.tokenPath())) {
            return null;
        }
        TokenRequest read = server.journal.arrived(TokenRequestReader.read(request));
        read.assertions().forEach(assertion -> noteJti(read, assertion));
        List<Refusal> faults = server.rules.faults(read);
        faults.forEach(fault -> server.journal.violation(read, fault.reason()));
        return new TokenVisit(read, faults);
    }

    private void noteJti(TokenRequest request, Assertion assertion) {
        assertion
                .text("jti")
                .flatMap(jti -> server.jtis.note(jti, request.number()))
                .ifPresent(first ->
                        server.journal.violation(request, "The assertion's jti was seen before, in request " + first));
    }

    @Override
    public Reply finish(Reply reply) {
        return server.settings.sendDate ? reply.with("Date", HTTP_DATE.format(server.clock.instant())) : reply;
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
            if (!faults.isEmpty()) {
                return refused(faults.get(0));
            }
            try {
                return server.grants.answer(server.authentication.authenticate(request), request);
            } catch (Refusal refusal) {
                if (refusal.isMisuse()) {
                    server.journal.violation(request, refusal.reason());
                }
                return refused(refusal);
            }
        }

        private Reply refused(Refusal refusal) {
            return refusal.reply(request.headers().first("Authorization").isPresent());
        }

        @Override
        public void answered(Reply reply) {
            server.journal.answered(request, reply);
        }
    }
}
