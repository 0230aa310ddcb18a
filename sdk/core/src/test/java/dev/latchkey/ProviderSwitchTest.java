package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.ApiServerException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.RateLimitedException;
import dev.latchkey.testing.FakeTime;
import dev.latchkey.testing.RecordedApiRequest;
import dev.latchkey.testing.RecordedTokenRequest;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One and the same program at every prepared provider: only the provider and its credentials differ. */
@Timeout(20)
class ProviderSwitchTest {
    private final FakeTime time = new FakeTime();

    static List<String> providers() {
        return Simulated.NAMES;
    }

    private TokenManager tokens(Simulated provider) {
        return provider.manager()
                .clock(time)
                .ticker(time)
                .scheduler(time.scheduler())
                .build();
    }

    private static int get(Simulated provider, TokenManager tokens, TokenSource source) throws IOException {
        OkHttpClient client =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder()
                .url(provider.simulator().baseUrl() + provider.path())
                .tag(TokenSource.class, source)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void call_goodCredentials_isAnsweredAndBreaksNoRule(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            assertThat(get(provider, tokens, source)).isEqualTo(200);
            assertThat(get(provider, tokens, source)).isEqualTo(200);

            assertThat(provider.simulator().tokenRequestCount()).isEqualTo(1);
            assertThat(provider.simulator().violations()).isEmpty();
            RecordedTokenRequest sent = provider.simulator().tokenRequests().get(0);
            assertThat(sent.header("Authorization")).isEmpty();
            RecordedApiRequest call = provider.simulator().apiRequests().get(0);
            assertThat(call.header("Content-Type")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void call_tokenRevoked_isHealedByOneReplay(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            get(provider, tokens, source);
            provider.simulator().revokeAll();

            assertThat(get(provider, tokens, source)).isEqualTo(200);
            assertThat(provider.simulator().apiRequestCount()).isEqualTo(3);
            assertThat(provider.simulator().tokenRequestCount()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void token_lifeOver_isRenewedOnce(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            AccessToken first = source.token();
            time.advance(Duration.between(first.issuedAt(), first.expiresAt()));

            assertThat(source.token().hasSameValueAs(first)).isFalse();
            assertThat(provider.simulator().tokenRequestCount()).isEqualTo(2);
            assertThat(provider.simulator().violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void call_providerThrottles_isATypedErrorThatPasses(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            get(provider, tokens, source);
            provider.simulator().rateLimit();

            assertThatThrownBy(() -> get(provider, tokens, source)).isInstanceOf(RateLimitedException.class);
            provider.simulator().recover();
            assertThat(get(provider, tokens, source)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void token_providerDown_isRetryableAndKeepsTheSession(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            provider.simulator().goDown();
            assertThatThrownBy(source::token)
                    .isInstanceOfSatisfying(
                            OAuthException.class,
                            e -> assertThat(e.isRetryable()).isTrue());
            provider.simulator().recover();
            time.advance(Duration.ofHours(1));

            assertThat(provider.simulator().isActive(source.token().value())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void call_gatewayAnswersAWebPage_isATypedError(String name) throws Exception {
        try (Simulated provider = Simulated.start(name, time);
                TokenManager tokens = tokens(provider)) {
            TokenSource source = provider.source(tokens);
            source.token();
            provider.simulator().answerHtml();

            assertThatThrownBy(() -> get(provider, tokens, source))
                    .isInstanceOf(ApiServerException.class)
                    .isInstanceOf(ApiException.class);
        }
    }
}
