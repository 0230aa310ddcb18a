package dev.latchkey.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ServerErrorException;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F-14. */
@Timeout(10)
class TokenAnswersTest {
    private static final RequestFacts FACTS = Answers.facts().build();

    /** Reads a body in which single quotes stand for double ones. */
    private static TokenResponse read(String body) throws OAuthException {
        return TokenAnswers.read(Answers.json(200, body.replace('\'', '"')), FACTS);
    }

    private static TokenResponse with(String member) throws OAuthException {
        return read("{'access_token':'t'," + member + "}");
    }

    private static OAuthException refused(HttpAnswer answer) {
        return catchThrowableOfType(OAuthException.class, () -> TokenAnswers.read(answer, FACTS));
    }

    private static OAuthException refused(String body) {
        return refused(Answers.json(200, body.replace('\'', '"')));
    }

    private static String value(TokenResponse response) {
        return response.accessToken(Answers.NOW, Scope.none(), Duration.ofMinutes(1))
                .value();
    }

    @Test
    void read_allMembers_areTaken() throws OAuthException {
        TokenResponse response = read("{'access_token':'a.b-c_d~e+f/g=','token_type':'Bearer','expires_in':300,"
                + "'scope':'b a','refresh_token':'r','refresh_expires_in':1800,'not-before-policy':0}");

        assertThat(value(response)).isEqualTo("a.b-c_d~e+f/g=");
        assertThat(response.tokenType()).isEqualTo(TokenType.BEARER);
        assertThat(response.expiresIn()).contains(Duration.ofMinutes(5));
        assertThat(response.scope()).contains(Scope.of("a b"));
        assertThat(response.refreshToken().map(RefreshToken::value)).contains("r");
        assertThat(response.refreshTokenExpiresIn()).contains(Duration.ofMinutes(30));
        assertThat(response.members()).containsOnlyKeys("not-before-policy", "refresh_expires_in");
    }

    @Test
    void read_onlyAToken_isEnough() throws OAuthException {
        TokenResponse response = read("{'access_token':'t'}");

        assertThat(response.tokenType()).isEqualTo(TokenType.BEARER);
        assertThat(response.expiresIn()).isEmpty();
        assertThat(response.scope()).isEmpty();
        assertThat(response.refreshToken()).isEmpty();
        assertThat(response.refreshTokenExpiresIn()).isEmpty();
        assertThat(response.members()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299})
    void read_anySuccess_isTaken(int status) throws OAuthException {
        assertThat(value(TokenAnswers.read(
                        Answers.of(status, "text/plain", "\uFEFF {\"access_token\":\"t\"}\n"), FACTS)))
                .isEqualTo("t");
    }

    // no assumption on the size of a token
    @Test
    void read_longToken_isTaken() throws OAuthException {
        assertThat(value(read("{'access_token':'" + "x".repeat(100_000) + "'}")))
                .hasSize(100_000);
    }

    //
    @ParameterizedTest
    @ValueSource(strings = {"'Bearer'", "'bearer'", "'BEARER'", "' Bearer '", "null", "''", "' '"})
    void tokenType_bearerInAnyCaseOrAbsent_isTaken(String type) throws OAuthException {
        assertThat(with("'token_type':" + type).tokenType()).isEqualTo(TokenType.BEARER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'mac'", "'N_A'", "'DPoP'", "'pop'", "1", "[]", "{}", "true", "'Bearer,mac'"})
    void tokenType_notUnderstood_isRefused(String type) {
        OAuthException e = refused("{'access_token':'s3cr3t','token_type':" + type + "}");

        assertThat(e)
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("not supported")
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({
        "3600, PT1H",
        "'''3600''', PT1H",
        "''' 3600 ''', PT1H",
        "3599.5, PT59M59.5S",
        "'''599.0''', PT9M59S",
        "1, PT1S",
        "'''+60''', PT1M",
        "3.6e3, PT1H",
        "31536000, PT8760H",
        "31536001, PT8760H",
        "1e300, PT8760H",
        "99999999999999999999999999, PT8760H",
        "1795168800000, PT8760H"
    })
    void expiresIn_numberInAnyForm_isTakenAndCapped(String text, Duration life) throws OAuthException {
        assertThat(with("'expires_in':" + text).expiresIn()).contains(life);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "0",
                "-1",
                "-1e999",
                "0.0001",
                "''",
                "' '",
                "'NaN'",
                "'Infinity'",
                "'soon'",
                "'1h'",
                "'-60'",
                "true",
                "[]",
                "{}",
                "[60]",
                "'0x10'",
                "'1e5'",
                "'2026-11-20T10:00:00Z'"
            })
    void expiresIn_nothingSensible_isNotSaid(String text) throws OAuthException {
        assertThat(with("'expires_in':" + text).expiresIn()).isEmpty();
    }

    // R-07, V-24: an empty scope is a grant of nothing and not "as requested"
    @ParameterizedTest
    @CsvSource({
        "'''a b''', a b",
        "'''  a   b ''', a b",
        "'''a a''', a",
        "'''''', ''",
        "''' ''', ''",
        "[], ''",
        "'[''a'',''b'']', a b",
        "'[''a'',1,null]', a",
        "'''a \u00e4 b\\\\ c''', a c",
        "'''repo,gist''', 'repo,gist'"
    })
    void scope_anyForm_isTaken(String text, String scope) throws OAuthException {
        assertThat(with("'scope':" + text).scope()).contains(Scope.of(scope));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "{}"})
    void scope_noText_isNotSaid(String text) throws OAuthException {
        assertThat(with("'scope':" + text).scope()).isEmpty();
    }

    //
    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "' '", "'null'", "'undefined'", "1", "[]", "false"})
    void refreshToken_nothing_isNone(String text) throws OAuthException {
        assertThat(with("'refresh_token':" + text).refreshToken()).isEmpty();
    }

    @Test
    void refreshToken_printable_isTakenAsItIs() throws OAuthException {
        assertThat(with("'refresh_token':'a b:|c%!'").refreshToken().map(RefreshToken::value))
                .contains("a b:|c%!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t\\r\\nx", "s3cr3t\\u0000", "s3cr3t\\u00e4", "s3cr3t\\u007f"})
    void refreshToken_notPrintable_isRefusedWithoutEcho(String token) {
        assertThat(refused("{'access_token':'t','refresh_token':'" + token + "'}"))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("character in refresh_token")
                .hasMessageNotContaining("s3cr3t");
    }

    // Keycloak: 0 with no refresh token or for one that does not end
    @ParameterizedTest
    @CsvSource({
        "refresh_expires_in, 0, ",
        "refresh_expires_in, 1800, PT30M",
        "refresh_token_expires_in, '''7''', PT7S",
        "x_refresh_token_expires_in, 8726400, PT2424H"
    })
    void refreshTokenExpiresIn_knownNames_areRead(String name, String text, Duration life) throws OAuthException {
        assertThat(with("'" + name + "':" + text).refreshTokenExpiresIn().orElse(null))
                .isEqualTo(life);
    }

    @Test
    void members_tokens_areLeftOutAtAnyDepth() throws OAuthException {
        TokenResponse response =
                with("'id_token':'s3cr3t','instance_url':'https://x','authed_user':{'accessToken':'s3cr3t',"
                        + "'id':'u'},'list':[{'device_secret':'s3cr3t'},1],'n':null");

        assertThat(response.members().toString()).doesNotContain("s3cr3t");
        assertThat(response.members())
                .containsEntry("instance_url", "https://x")
                .containsEntry("authed_user", Map.of("id", "u"))
                .containsOnlyKeys("instance_url", "authed_user", "list");
    }

    // token values, as JSON
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t\\r\\nX-Evil: 1",
                "s3cr3t\\r",
                "s3cr3t\\n",
                "s3cr3t\\u0000",
                "s3cr3t x",
                " s3cr3t",
                "s3cr3t ",
                "s3cr3t\\t",
                "s3cr3t\\u00e4",
                "s3cr3t\\u2028",
                "s3cr3t\\ud83d\\ude00",
                "s3cr3t\\\"",
                "s3cr3t,x",
                "s3cr3t;x",
                "s3cr3t=x",
                "s3cr3t\\u007f",
                "s3cr3t\\ufeff",
                "s3cr3t|x",
                "=s3cr3t"
            })
    void accessToken_notB64token_isRefusedWithoutEcho(String token) {
        // V-06
        OAuthException e = refused("{'access_token':'" + token + "','token_type':'Bearer'}");

        assertThat(e)
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("character in access_token")
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
        assertThat(e.details().members()).isEmpty();
        assertThat(e.details().bodyExcerpt()).isEmpty();
        assertThat(e.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'access_token':null}",
                "{'access_token':''}",
                "{'access_token':' '}",
                "{'access_token':'null'}",
                "{'access_token':'undefined'}",
                "{'access_token':1}",
                "{'access_token':true}",
                "{'access_token':['t']}",
                "{'access_token':{'value':'t'}}",
                "{'token_type':'Bearer','expires_in':300}",
                "{'accessToken':'t'}",
                "{'ACCESS_TOKEN':'t'}",
                "{'data':{'access_token':'t'}}",
                "{'error':null}",
                "{'error':''}",
                "{'isOtpRequired':true,'phase':'otp'}"
            })
    void accessToken_absent_isRefused(String body) {
        assertThat(refused(body))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("answered 200 without an access_token");
    }

    @Test
    void error_emptyBesideAToken_isNoError() throws OAuthException {
        assertThat(value(with("'error':null"))).isEqualTo("t");
        assertThat(value(with("'error':''"))).isEqualTo("t");
    }

    // modelcontextprotocol/typescript-sdk 1342: an error inside 200
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error':'invalid_grant','error_description':'gone'}",
                "{'error':'invalid_grant','access_token':'t'}",
                "{'error':{'code':'invalid_grant','message':'gone'}}"
            })
    void error_insideSuccess_isAnError(String body) {
        OAuthException e = refused(body);

        assertThat(e).isInstanceOf(InvalidGrantException.class);
        assertThat(((InvalidGrantException) e).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|with an empty body|true",
                "' '|with an empty body|true",
                "<html><title>Sign in</title></html>|with a web page: \"Sign in\"|true",
                "access_token=s3cr3t&token_type=bearer|with plain text|true",
                "{\"access_token\":\"s3cr3t|with a body that is not valid JSON|true",
                "[{\"access_token\":\"s3cr3t\"}]|with a JSON body|true",
                "{\"access_token\":\"s3cr3t\",\"access_token\":\"s3cr3t\"}|with a body that is not valid JSON|true"
            })
    void body_notAJsonObject_isRefusedWithoutEcho(String body, String words, boolean retryable) {
        OAuthException e = refused(Answers.of(200, "text/html", body));

        assertThat(e)
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("answered 200 " + words)
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
        assertThat(e.isRetryable()).isEqualTo(retryable);
        assertThat(e.details().bodyExcerpt().orElse("")).doesNotContain("s3cr3t");
    }

    @Test
    void body_compressedOrTooLarge_isRefused() {
        HttpAnswer compressed = Answers.of(200, "{\"access_token\":\"s3cr3t\"}", "Content-Encoding", "gzip");
        HttpAnswer tooLarge = Answers.json(200, "{\"access_token\":\"s3cr3t\"}").asTruncated();

        assertThat(refused(compressed))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("compressed body");
        assertThat(refused(tooLarge))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("beyond 256 KiB");
        assertThat(refused(compressed).getMessage() + refused(tooLarge).getMessage())
                .doesNotContain("s3cr3t");
        assertThat(refused(tooLarge).isRetryable()).isFalse();
    }

    // Spring: 401 with an empty body
    @Test
    void status_notSuccess_isJudgedByTheErrorReader() {
        assertThat(refused(Answers.json(401, ""))).isInstanceOf(InvalidClientException.class);
        assertThat(refused(Answers.json(500, "{\"access_token\":\"t\"}"))).isInstanceOf(ServerErrorException.class);
        assertThat(refused(Answers.of(302, "", "Location", "https://x.example/")))
                .isInstanceOf(InvalidResponseException.class);
        assertThatExceptionOfType(InvalidResponseException.class)
                .isThrownBy(() -> TokenAnswers.read(Answers.json(199, "{\"access_token\":\"t\"}"), FACTS));
    }

    @Test
    void refused_requestId_isKept() {
        HttpAnswer answer = Answers.of(200, "{}", "x-request-id", "r-9");

        assertThat(refused(answer).requestId()).contains("r-9");
        assertThat(refused(answer).provider()).contains("example");
    }
}
