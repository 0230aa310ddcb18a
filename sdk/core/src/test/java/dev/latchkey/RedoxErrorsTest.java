package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidRequestException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TemporarilyUnavailableException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import dev.latchkey.testing.Answer;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class RedoxErrorsTest {
    private final FakeTime time = new FakeTime();
    private FakeAuthorizationServer server;

    @BeforeEach
    void start() {
        server = FakeAuthorizationServer.start(time);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Redox with its rules and profile, but at the fake server. */
    private TokenManager manager() {
        Provider redox = Redox.production();
        Provider local = Provider.builder(server.tokenEndpoint())
                .name(redox.name())
                .assertionProfile(redox.assertionProfile())
                .tokenErrorRules(redox.tokenErrorRules())
                .build();
        return TokenManager.builder(local)
                .clientId(Fixtures.CLIENT_ID)
                .signingKey(Fixtures.KEY)
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .build();
    }

    private static String body(String description) {
        return "{\"error\":\"invalid_request\",\"error_description\":\"" + description
                + "\",\"error_uri\":\"https://docs.redoxengine.com/permalink/1\"}";
    }

    /** Every row of Redox's page "OAuth API key errors", and the newer wording of a wrong claim. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                         | InvalidClientException  | 10 s of the true time
            x-www-form-urlencoded content-type required                | InvalidRequestException | tokenRequestFormat
            Missing grant_type parameter                               | InvalidRequestException | proxy
            The grant_type parameter should equal 'client_credentials' | InvalidRequestException | proxy
            Missing client assertion type                              | InvalidRequestException | client_assertion_type
            Invalid client assertion type                              | InvalidRequestException | client_assertion_type
            Missing client assertion                                   | InvalidRequestException | signingKey
            JWT header kid property is required                        | InvalidClientException  | withKeyId
            Public key not found, check client_id, kid and Redox dashboard settings | InvalidClientException | Save Changes
            Unexpected aud claim value                                 | InvalidClientException  | assertionProfile
            """, quoteCharacter = '~')
    void token_rowOfThePage_typedWithItsRemedy(String description, String type, String remedy) {
        String sent = description.equals("''") ? "" : description;
        server.always(Answer.json(400, body(sent)));
        try (TokenManager tokens = manager()) {
            assertThatThrownBy(tokens::token).isInstanceOfSatisfying(TokenRequestException.class, e -> {
                assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                assertThat(e.errorCode().value()).isEqualTo("invalid_request");
                assertThat(e.remedy()).contains(remedy);
                assertThat(e.isRetryable()).isFalse();
                assertThat(e.getMessage()).startsWith("Token request (client_credentials) at 127.0.0.1");
            });
        }
    }

    @Test
    void token_blankDescriptionWithAClock20MinutesFast_saysSoWithTheNumber() {
        // F-22: beyond 15 minutes nothing is corrected, so the person has to know.
        server.sendDate(true);
        server.clockOffset(Duration.ofMinutes(-20));
        server.always(Answer.json(400, body("")));
        try (TokenManager tokens = manager()) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOf(InvalidClientException.class)
                    .satisfies(e -> assertThat(((OAuthException) e).remedy()).contains("Your clock is 1200 s ahead"));
            assertThat(server.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void token_emptyServerError_isTroubleOfTheServerAndNoRefusal() {
        server.always(Answer.status(503));
        try (TokenManager tokens = manager()) {
            var token = tokens.tokenAsync();
            for (int retry = 0; retry < 3; retry++) {
                time.awaitScheduled(1);
                time.advance(Duration.ofSeconds(2));
            }
            assertThatThrownBy(token::get).hasCauseInstanceOf(TemporarilyUnavailableException.class);
        }
    }

    @Test
    void token_formError_isNoRefusalOfTheAssertion() {
        server.always(Answer.json(400, body("Missing grant_type parameter")));
        try (TokenManager tokens = manager()) {
            assertThatThrownBy(tokens::token).isInstanceOf(InvalidRequestException.class);
        }
    }
}
