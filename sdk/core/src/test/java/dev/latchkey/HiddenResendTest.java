package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeApi;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V-13, F-19: every request on the wire is one that we sent, and none repeats an assertion. */
@Timeout(20)
class HiddenResendTest {
    private final FakeTime time = new FakeTime();
    private final EventLog events = new EventLog();

    private static List<Named<Answer>> faults() {
        return List.of(
                Named.of("408", Answer.status(408)),
                Named.of("408 that keeps the connection", Answer.status(408).header("Connection", "keep-alive")),
                Named.of("503 at once", Answer.status(503).header("Retry-After", "0")),
                Named.of("425", Answer.status(425)),
                Named.of("421", Answer.status(421)),
                Named.of("401 with a challenge", Answer.status(401).header("WWW-Authenticate", "Basic realm=\"x\"")),
                Named.of("407", Answer.status(407).header("Proxy-Authenticate", "Basic realm=\"x\"")),
                Named.of("reset after the request", Answer.disconnectAfterRequest()),
                Named.of("closed before it is read", Answer.disconnectBeforeRead()),
                Named.of("cut in the body", Answer.truncated()),
                Named.of("307", Answer.redirect(307, "/oauth2/token")),
                Named.of("308", Answer.redirect(308, "/oauth2/token")));
    }

    static Stream<Arguments> faultsOnBothProtocols() {
        return Stream.of(false, true)
                .flatMap(tls -> faults().stream().map(fault -> Arguments.of(Named.of(tls ? "h2" : "h1", tls), fault)));
    }

    @ParameterizedTest
    @MethodSource("faultsOnBothProtocols")
    void token_fault_everyPostIsOneWeSent(boolean tls, Answer fault) {
        try (Wire wire = wire(tls)) {
            wire.server.always(fault);
            try (TokenManager tokens = wire.manager().build()) {
                for (int call = 0; call < 3; call++) {
                    assertThatThrownBy(tokens::token).isInstanceOf(OAuthException.class);
                    time.advance(Duration.ofHours(2));
                }
                wire.server.recover();
                assertThat(tokens.tokenAsync()).succeedsWithin(Duration.ofSeconds(5));
            }

            wire.assertNothingHidden();
            assertThat(wire.server.tokenRequestCount()).isGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void token_stalePooledConnection_everyPostIsOneWeSent(boolean tls) throws Exception {
        try (Wire wire = wire(tls)) {
            wire.server.tokenLife(Duration.ofMinutes(1));
            try (TokenManager tokens = wire.manager().build()) {
                for (int call = 0; call < 10; call++) {
                    wire.server.next(Answer.keepAliveThenClose());
                    tokens.token();
                    time.advance(Duration.ofMinutes(1));
                }
            }

            wire.assertNothingHidden();
            assertThat(wire.server.tokenRequestCount()).isEqualTo(10 + 9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void token_redirect_typedAndFollowedNowhere(int status) {
        // F-16, R-62, V-02
        try (Wire wire = wire(false);
                FakeApi elsewhere = FakeApi.start(wire.server)) {
            for (String target : List.of(elsewhere.url("/oauth2/token"), "/oauth2/token", "//" + host(elsewhere))) {
                wire.server.always(Answer.redirect(status, target));
                try (TokenManager tokens = wire.manager().build()) {
                    assertThatThrownBy(tokens::token)
                            .isInstanceOf(InvalidResponseException.class)
                            .hasMessageContaining("redirect")
                            .hasMessageContaining("token endpoint");
                }
            }

            assertThat(elsewhere.requestCount()).isZero();
            assertThat(wire.server.tokenRequestCount()).isEqualTo(3);
            wire.assertNothingHidden();
        }
    }

    @Test
    void token_manyFaultsMixed_everyPostIsOneWeSent() {
        try (Wire wire = wire(false)) {
            wire.server.tokenLife(Duration.ofSeconds(5));
            List<Answer> script = new ArrayList<>();
            for (Named<Answer> fault : faults()) {
                script.add(Answer.keepAliveThenClose());
                script.add(fault.getPayload());
            }
            script.forEach(wire.server::next);
            try (TokenManager tokens = wire.manager().build()) {
                for (int call = 0; call < 60; call++) {
                    tokens.tokenAsync().exceptionally(e -> null).join();
                    time.advance(Duration.ofMinutes(6));
                }
            }

            wire.assertNothingHidden();
            assertThat(wire.server.tokenRequestCount()).isGreaterThanOrEqualTo(60);
        }
    }

    private static String host(FakeApi api) {
        return api.origin().substring("http://".length()) + "/oauth2/token";
    }

    private Wire wire(boolean tls) {
        if (!tls) {
            return new Wire(FakeAuthorizationServer.start(time), new OkHttpClient());
        }
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        HandshakeCertificates certificates = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build();
        return new Wire(
                FakeAuthorizationServer.builder()
                        .time(time.steady())
                        .https(certificates.sslSocketFactory())
                        .start(),
                new OkHttpClient.Builder()
                        .sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager())
                        .build());
    }

    /** The two ends of the wire. */
    private final class Wire implements AutoCloseable {
        private final FakeAuthorizationServer server;
        private final OkHttpClient http;

        Wire(FakeAuthorizationServer server, OkHttpClient http) {
            this.server = server;
            this.http = http;
            Fixtures.register(server);
        }

        /** Pauses before retries take no time, so that nothing waits for a clock. */
        TokenManager.Builder manager() {
            TokenManager.Builder builder = Fixtures.manager(server)
                    .clock(time)
                    .ticker(time)
                    .httpClient(http)
                    .eventListener(events);
            builder.settings.random = () -> 0;
            return builder;
        }

        void assertNothingHidden() {
            assertThat(server.repeatedJtiCount()).isZero();
            assertThat(server.violations()).isEmpty();
            assertThat(server.tokenRequestCount())
                    .isEqualTo(events.of(TokenRequestSent.class).size());
        }

        @Override
        public void close() {
            server.close();
            http.connectionPool().evictAll();
        }
    }
}
