package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.ApiRequestException;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ForbiddenException;
import dev.latchkey.error.InsufficientScopeException;
import dev.latchkey.error.InvalidTokenException;
import dev.latchkey.error.RateLimitedException;
import dev.latchkey.provider.ErrorRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ApiErrorsTest {
    private static final RequestFacts FACTS = RequestFacts.builder("GET", "api.example.com/v1/things")
            .provider("example")
            .build();

    private static ApiException read(int status, String body) {
        return ApiErrors.read(Answers.json(status, body), FACTS);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ApiRequest, false",
        "401, InvalidToken, false",
        "402, ApiRequest, false",
        "403, Forbidden, false",
        "404, NotFound, false",
        "405, ApiRequest, false",
        "406, ApiRequest, false",
        "408, ApiRequest, true",
        "409, ApiRequest, false",
        "410, NotFound, false",
        "412, ApiRequest, false",
        "413, ApiRequest, false",
        "415, ApiRequest, false",
        "422, ApiRequest, false",
        "425, ApiRequest, true",
        "429, RateLimited, true",
        "498, InvalidClientKey, false",
        "499, MissingClientKey, false",
        "500, ApiServer, true",
        "501, ApiServer, false",
        "502, ApiServer, true",
        "503, ApiServer, true",
        "505, ApiServer, false",
        "599, ApiServer, true"
    })
    void read_status_givesItsType(int status, String type, boolean retryable) {
        ApiException e = read(status, "{\"message\":\"no\"}");

        assertThat(e.getClass().getSimpleName()).isEqualTo(type + "Exception");
        assertThat(e.status()).isEqualTo(status);
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.description()).contains("no");
        assertThat(e.remedy()).isNotBlank();
        assertThat(e)
                .hasMessage(
                        "API call (GET) at api.example.com/v1/things: answered " + status + ": \"no\". " + e.remedy());
    }

    // insufficient_scope by challenge or by body, with 403 or, at OLX, 401
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void read_insufficientScope_isNotADeadToken(int status) {
        ApiException byChallenge = ApiErrors.read(
                Answers.of(
                        status,
                        "{\"error\":\"other_code\",\"error_description\":\"other\"}",
                        "WWW-Authenticate",
                        "Bearer realm=\"x\", error=\"insufficient_scope\", error_description=\"more\", scope=\"a b\""),
                FACTS);
        ApiException byBody = read(status, "{\"error\":\"insufficient_scope\"}");

        assertThat(byChallenge).isInstanceOf(InsufficientScopeException.class);
        assertThat(byChallenge.errorCode()).contains(ErrorCode.INSUFFICIENT_SCOPE);
        assertThat(byChallenge.description()).contains("more");
        assertThat(byChallenge.challenge().orElseThrow().scope()).contains("a b");
        assertThat(byChallenge.remedy()).contains("here \"a b\"");
        assertThat(byBody).isInstanceOf(InsufficientScopeException.class);
        assertThat(byBody.challenge()).isEmpty();
    }

    @Test
    void read_invalidTokenWith403_isADeadToken() {
        assertThat(read(403, "{\"error\":\"invalid_token\"}")).isInstanceOf(InvalidTokenException.class);
        assertThat(read(400, "{\"error\":\"invalid_token\"}")).isInstanceOf(ApiRequestException.class);
    }

    // addresses in challenges are shown, never opened
    @Test
    void read_challenges_areAllKept() {
        ApiException e = ApiErrors.read(
                Answers.of(
                        401,
                        "",
                        "WWW-Authenticate",
                        "DPoP algs=\"ES256\", Bearer resource_metadata=\"http://169.254.169.254/x\""),
                FACTS);

        assertThat(e.challenges()).hasSize(2);
        assertThat(e.challenge().orElseThrow().resourceMetadata()).contains("http://169.254.169.254/x");
        assertThat(e).hasMessageContaining("answered 401 with an empty body. ");
    }

    @Test
    void read_webPage_showsItsTitle() {
        ApiException e = ApiErrors.read(
                Answers.of(502, "text/html", "<html><title>Bad Gateway</title><p>secret</p></html>"), FACTS);

        assertThat(e).hasMessageContaining("answered 502 with a web page: \"Bad Gateway\". ");
        assertThat(e.bodyExcerpt()).contains("Bad Gateway");
    }

    // Redox, 2017: a 401 with a plain-text reason
    @Test
    void read_plainText_showsIt() {
        assertThat(ApiErrors.read(Answers.of(401, "text/plain", "API key was revoked"), FACTS))
                .hasMessageContaining("answered 401 with plain text: \"API key was revoked\"");
    }

    @Test
    void read_retryAfter_isInRemedyAndAccessor() {
        ApiException limited = ApiErrors.read(Answers.of(429, "", "Retry-After", "90"), FACTS);
        ApiException down = ApiErrors.read(Answers.of(503, "", "Retry-After", "60"), FACTS);

        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(90));
        assertThat(limited.remedy()).contains("Wait 90 s");
        assertThat(down.remedy()).contains("after 60 s");
        assertThat(read(429, "").remedy()).contains("did not say how long");
    }

    // 498 and 499: what to do with the builder
    @Test
    void read_clientKey_saysWhichBuilderCall() {
        assertThat(read(498, "{\"message\":\"Invalid Token\"}").remedy())
                .contains("header(\"x-client-key\"", "sandbox", "production");
        assertThat(read(499, "").remedy()).contains("header(\"x-client-key\", \"...\")");
    }

    // V-35
    @Test
    void read_echoedToken_isMaskedEverywhere() {
        RequestFacts facts = RequestFacts.builder("GET", "api.example.com/x")
                .secret("tok3n-value")
                .build();

        ApiException e = ApiErrors.read(
                Answers.of(
                        401,
                        "{\"detail\":\"bad tok3n-value\",\"title\":\"tok3n-value\",\"type\":\"tok3n-value\"}",
                        "WWW-Authenticate",
                        "Bearer error=\"tok3n-value\", error_description=\"got tok3n-value\", x=\"tok3n-value\""),
                facts);

        assertThat(e.toString()
                        + e.challenges()
                        + e.members()
                        + e.problem()
                        + e.bodyExcerpt()
                        + e.description()
                        + e.errorCode())
                .contains("*****")
                .doesNotContain("tok3n");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_token, InvalidToken",
        "insufficient_scope, InsufficientScope",
        "access_denied, Forbidden",
        "invalid_client, InvalidClientKey",
        "temporarily_unavailable, RateLimited",
        "slow_down, RateLimited",
        "server_error, ApiServer",
        "invalid_request, ApiRequest",
        "invalid_grant, Forbidden"
    })
    void read_providerRule_decidesTheType(String treatAs, String type) {
        RequestFacts facts = facts(ErrorRule.of("Told.").as(ErrorCode.of(treatAs)));

        assertThat(ApiErrors.read(Answers.json(403, ""), facts).getClass().getSimpleName())
                .isEqualTo(type + "Exception");
    }

    // OLX: a 403 that is a block of 30 minutes
    @Test
    void read_providerRule_givesRemedyAndWait() {
        ApiException e = ApiErrors.read(
                Answers.json(403, ""),
                facts(ErrorRule.of("Slow down.").as(ErrorCode.SLOW_DOWN).retryAfter(Duration.ofMinutes(30))));

        assertThat(e).isInstanceOf(RateLimitedException.class);
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.remedy()).isEqualTo("Slow down.");
        assertThat(e.retryAfter()).contains(Duration.ofMinutes(30));
    }

    @Test
    void read_providerRemedyAlone_keepsTheType() {
        ApiException e = ApiErrors.read(Answers.json(403, ""), facts(ErrorRule.of("Ask your admin.")));

        assertThat(e).isInstanceOf(ForbiddenException.class);
        assertThat(e.remedy()).isEqualTo("Ask your admin.");
    }

    private static RequestFacts facts(ErrorRule rule) {
        return RequestFacts.builder("GET", "h/p").rules(List.of(rule)).build();
    }
}
