package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ServerErrorException;
import dev.latchkey.error.TemporarilyUnavailableException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.error.UnauthorizedClientException;
import dev.latchkey.provider.ErrorRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class TokenErrorsTest {
    private static final RequestFacts FACTS = Answers.facts().build();

    private static OAuthException read(int status, String body) {
        return TokenErrors.read(Answers.json(status, body), FACTS);
    }

    // codes, with and without a type of their own
    @ParameterizedTest
    @CsvSource({
        "invalid_request, InvalidRequest, false",
        "invalid_client, InvalidClient, false",
        "invalid_grant, InvalidGrant, false",
        "invalid_scope, InvalidScope, false",
        "unauthorized_client, UnauthorizedClient, false",
        "unsupported_grant_type, UnsupportedGrantType, false",
        "access_denied, AccessDenied, false",
        "invalid_target, InvalidTarget, false",
        "server_error, ServerError, true",
        "temporarily_unavailable, TemporarilyUnavailable, true",
        "authorization_pending, OtherTokenRequest, true",
        "slow_down, OtherTokenRequest, true",
        "expired_token, OtherTokenRequest, false",
        "invalid_dpop_proof, OtherTokenRequest, false",
        "use_dpop_nonce, OtherTokenRequest, false",
        "unsupported_response_type, OtherTokenRequest, false",
        "unsupported_token_type, OtherTokenRequest, false",
        "redirect_uri_mismatch, OtherTokenRequest, false",
        "interaction_required, OtherTokenRequest, false",
        "invalid_token, OtherTokenRequest, false",
        "bad_verification_code, OtherTokenRequest, false",
        "vendor.E-1234, OtherTokenRequest, false"
    })
    void read_code_givesItsType(String code, String type, boolean retryable) {
        //
        TokenRequestException e =
                (TokenRequestException) read(400, "{\"error\":\"" + code + "\",\"error_description\":\"because\"}");

        assertThat(e.getClass().getSimpleName()).isEqualTo(type + "Exception");
        assertThat(e.errorCode()).isEqualTo(ErrorCode.of(code));
        assertThat(e.description()).contains("because");
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.remedy()).isNotBlank();
        assertThat(e)
                .hasMessage("Token request (client_credentials) at auth.example.com/oauth2/token: answered 400 " + code
                        + ": \"because\". " + e.remedy());
    }

    // Status and code are judged together; the code that was sent is kept.
    @ParameterizedTest
    @CsvSource({
        "401, invalid_client, InvalidClient",
        "401, unauthorized_client, InvalidClient",
        "401, invalid_request, InvalidClient",
        "401, invalid_grant, InvalidGrant",
        "401, access_denied, AccessDenied",
        "403, unauthorized_client, UnauthorizedClient",
        "403, access_denied, AccessDenied",
        "404, invalid_client, InvalidClient",
        "408, invalid_request, TemporarilyUnavailable",
        "429, slow_down, OtherTokenRequest",
        "429, invalid_request, TemporarilyUnavailable",
        "498, invalid_token, InvalidClient",
        "499, invalid_token, InvalidClient",
        "500, invalid_grant, ServerError",
        "500, temporarily_unavailable, TemporarilyUnavailable",
        "502, server_error, ServerError",
        "503, invalid_client, TemporarilyUnavailable",
        "400, server_error, ServerError",
        "200, invalid_grant, InvalidGrant",
        "200, bad_refresh_token, OtherTokenRequest"
    })
    void read_statusAndCode_areJudgedTogether(int status, String code, String type) {
        TokenRequestException e = (TokenRequestException) read(status, "{\"error\":\"" + code + "\"}");

        assertThat(e.getClass().getSimpleName()).isEqualTo(type + "Exception");
        assertThat(e.errorCode()).isEqualTo(ErrorCode.of(code));
        assertThat(e.status()).isEqualTo(status);
    }

    // Without a code the status alone decides.
    @ParameterizedTest
    @CsvSource({
        "401, InvalidClient, invalid_client",
        "408, TemporarilyUnavailable, temporarily_unavailable",
        "429, TemporarilyUnavailable, temporarily_unavailable",
        "498, InvalidClient, invalid_client",
        "499, InvalidClient, invalid_client",
        "500, ServerError, server_error",
        "502, ServerError, server_error",
        "503, TemporarilyUnavailable, temporarily_unavailable",
        "504, ServerError, server_error",
        "599, ServerError, server_error"
    })
    void read_statusWithoutCode_givesTheCodeItAmountsTo(int status, String type, String code) {
        TokenRequestException e = (TokenRequestException) read(status, "");

        assertThat(e.getClass().getSimpleName()).isEqualTo(type + "Exception");
        assertThat(e.errorCode()).isEqualTo(ErrorCode.of(code));
        assertThat(e).hasMessageContaining("answered " + status + " with an empty body");
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "402, false",
        "403, false",
        "404, false",
        "405, false",
        "413, false",
        "415, false",
        "418, false"
    })
    void read_otherStatusWithoutCode_isAnInvalidResponse(int status, boolean retryable) {
        InvalidResponseException e = (InvalidResponseException) read(status, "{\"message\":\"no\"}");

        assertThat(e.status()).isEqualTo(status);
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e).hasMessageContaining("answered " + status + ": \"no\"");
    }

    // Outside of `error` only a registered code counts: APIs and gateways put codes of their own there.
    @Test
    void read_codeElsewhere_countsOnlyIfRegistered() {
        assertThat(read(400, "{\"code\":\"invalid_grant\"}")).isInstanceOf(TokenRequestException.class);
        assertThat(read(400, "{\"code\":\"E1234\"}")).isInstanceOf(InvalidResponseException.class);
        assertThat(read(400, "{\"error\":{\"code\":\"invalid_grant\"}}")).isInstanceOf(TokenRequestException.class);
    }

    // R-62, F-16
    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void read_redirect_isRefusedAndNamesTheHost(int status) {
        OAuthException e = TokenErrors.read(
                Answers.of(status, "", "Location", "https://login.example.org/path?code=s3cr3t#x"), FACTS);

        assertThat(e)
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("redirect to login.example.org, which was refused")
                .hasMessageNotContaining("s3cr3t")
                .hasMessageContaining("endpoint may be wrong");
    }

    @Test
    void read_redirectWithoutHost_isRefused() {
        assertThat(TokenErrors.read(Answers.of(302, "", "Location", "/login?x=1"), FACTS))
                .hasMessageContaining("redirect to another path of the same host");
        assertThat(TokenErrors.read(Answers.of(302, ""), FACTS)).hasMessageContaining("redirect to nowhere");
    }

    // F-10, R-65
    @Test
    void read_retryAfter_isPassedOnAndPutIntoTheRemedy() {
        OAuthException e = TokenErrors.read(Answers.of(429, "", "Retry-After", "30"), FACTS);

        assertThat(e).isInstanceOf(TemporarilyUnavailableException.class);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(e.remedy()).contains("Wait 30 s");
        assertThat(read(429, "").retryAfter()).isEmpty();
    }

    @Test
    void read_members_keepsTheUnknownOnes() {
        TokenRequestException e = (TokenRequestException) read(400, """
                {"error":"invalid_grant","error_description":"AADSTS70000","error_codes":[70000],
                 "timestamp":"2026-11-20 10:00:00Z","trace_id":"t-1","correlation_id":"c-1",
                 "error_uri":"https://login.example/error?code=70000","claims":null}""");

        assertThat(e.members())
                .containsOnlyKeys("error_codes", "timestamp", "trace_id", "correlation_id")
                .containsEntry("error_codes", List.of(70000));
        assertThat(e.requestId()).contains("c-1");
        assertThat(e.errorUri()).contains("https://login.example/error?code=70000");
        assertThat(e.provider()).contains("example");
    }

    // V-35
    @Test
    void read_echoedSecrets_areMaskedEverywhere() {
        RequestFacts facts = Answers.facts().secret("s3cr3t-value").build();
        String echo = """
                {"error":"s3cr3t-value","error_description":"bad s3cr3t-value","error_uri":"https://x/s3cr3t-value",
                 "s3cr3t-value":["s3cr3t-value",{"a":"s3cr3t-value"}],"request_id":"s3cr3t-value","title":"s3cr3t-value",
                 "type":"s3cr3t-value"}""";

        OAuthException e = TokenErrors.read(Answers.of(400, echo, "x-request-id", "s3cr3t-value"), facts);

        assertThat(printed(e)).doesNotContain("s3cr3t");
    }

    private static String printed(OAuthException e) {
        var d = e.details();
        return String.join(
                "|",
                e.toString(),
                d.description().orElse(""),
                d.errorUri().orElse(""),
                d.bodyExcerpt().orElse(""),
                d.requestId().orElse(""),
                d.members().toString(),
                d.errorCode().map(ErrorCode::value).orElse(""),
                d.problem().map(Object::toString).orElse(""));
    }

    // The place where a provider's documents come first
    @Test
    void read_providerRule_winsOverTheGeneralRules() {
        ErrorRule rule = ErrorRule.of("Save the key first.")
                .whenDescription("Public key not found")
                .as(ErrorCode.UNAUTHORIZED_CLIENT)
                .retryAfter(Duration.ofMinutes(1));
        RequestFacts facts = Answers.facts().rules(List.of(rule)).build();

        OAuthException e = TokenErrors.read(
                Answers.json(400, "{\"error\":\"invalid_request\",\"error_description\":\"Public key not found\"}"),
                facts);

        assertThat(e).isInstanceOf(UnauthorizedClientException.class);
        assertThat(((TokenRequestException) e).errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(e.remedy()).isEqualTo("Save the key first.");
        assertThat(e.retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(TokenErrors.read(Answers.json(500, ""), facts)).isInstanceOf(ServerErrorException.class);
    }

    @Test
    void read_noGrantType_saysTokenRequest() {
        RequestFacts facts = RequestFacts.builder("POST", "h/p").build();

        assertThat(TokenErrors.read(Answers.json(400, "{\"error\":\"unauthorized_client\"}"), facts))
                .hasMessageStartingWith("Token request at h/p: answered 400 unauthorized_client. ")
                .hasMessageContaining("the grant of this request");
    }

    @Test
    void read_headerIds_areFoundAndCut() {
        OAuthException e = TokenErrors.read(
                Answers.of(500, "{\"trace_id\":\"body\"}", "traceparent", "low", "X-Request-ID", "r".repeat(500)),
                FACTS);

        assertThat(e.requestId().orElseThrow()).isEqualTo("r".repeat(128));
        assertThat(read(500, "{\"requestId\":7,\"traceId\":\"t\"}").requestId()).contains("t");
        assertThat(read(500, "{\"requestId\":\" \"}").requestId()).isEmpty();
    }

    @Test
    void read_members_mapIsImmutable() {
        Map<String, Object> members = ((TokenRequestException) read(400, "{\"error\":\"x_y\",\"a\":1}")).members();

        assertThat(members).isUnmodifiable();
    }
}
