package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.OAuthException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R-08, F-14: whatever the body, the exception is typed, has a remedy and is fit to be logged. */
@Timeout(20)
class ErrorBodyTest {
    private static final String NO = null;

    private static ErrorBody read(HttpAnswer answer) {
        return ErrorBody.read(answer, Answers.facts().build());
    }

    // body, code, description
    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("{'error':'invalid_grant','error_description':'gone'}", "invalid_grant", "gone"),
                shape("{'error_description':'first','error':'invalid_scope'}", "invalid_scope", "first"),
                shape("{'error':'invalid_request','error_description':''}", "invalid_request", NO),
                shape("{'error':'invalid_request','error_description':null}", "invalid_request", NO),
                shape("{'error':'invalid_request','error_description':'  '}", "invalid_request", NO),
                shape("{'error':'invalid_request','error_description':{'a':1}}", "invalid_request", NO),
                shape("{'error':' invalid_grant '}", "invalid_grant", NO),
                shape("{'error':'invalid_client','error_human_title':'Klient'}", "invalid_client", "Klient"),
                shape("{'error':'','message':'no'}", NO, "no"),
                shape("{'error':null,'message':'no'}", NO, "no"),
                shape("{'error':400,'message':'no'}", NO, "no"),
                shape("{'error':true}", NO, NO),
                // OLX, all three
                shape(
                        "{'error':{'status':400,'title':'Bad Request','detail':'Invalid owner in token'}}",
                        NO,
                        "Invalid owner in token"),
                shape(
                        "{'error':{'status':400,'code':0,'title':'T','validation':[{'field':'f','title':'x'}]}}",
                        NO,
                        "T"),
                shape(
                        "{'data':{'error':{'status':400,'title':'Bad Request','detail':'No Version'}}}",
                        NO,
                        "No Version"),
                shape(
                        "{'error':{'type':'NotFoundException','message':'Unsupported API version'}}",
                        "NotFoundException",
                        "Unsupported API version"),
                // Google
                shape(
                        "{'error':{'code':401,'message':'Login Required','status':'UNAUTHENTICATED'}}",
                        "UNAUTHENTICATED",
                        "Login Required"),
                // Baanx
                shape("{'message':'Invalid Token'}", NO, "Invalid Token"),
                shape("{'error':'Validation error','details':[{'path':'x'}]}", NO, "Validation error"),
                // Yahoo
                shape("{'code':401,'message':'Missing Auth token','detail':'d'}", NO, "Missing Auth token"),
                shape("{'code':'rate_limited','message':'slow'}", "rate_limited", "slow"),
                // Keycloak and Spring: error is no code
                shape("{'error':'HTTP 405 Method Not Allowed'}", NO, "HTTP 405 Method Not Allowed"),
                shape("{'timestamp':'t','status':403,'error':'Forbidden','path':'/x'}", NO, "Forbidden"),
                shape("{'timestamp':'t','status':403,'error':'access_denied','path':'/x'}", NO, "access_denied"),
                shape("{'status':403,'error':'access_denied','path':'/x'}", "access_denied", NO),
                shape("{'timestamp':'t','error':'access_denied','path':'/x'}", "access_denied", NO),
                shape("{'timestamp':'t','status':403,'error':'access_denied'}", "access_denied", NO),
                shape("{'error':'Unauthorized'}", NO, "Unauthorized"),
                shape("{'type':'about:blank','title':'Not Found','status':404}", NO, "Not Found"),
                shape("{'type':'https://x/y','title':'T','detail':'D'}", NO, "D"),
                shape("{'type':'urn:p','title':'T'}", NO, "T"),
                shape("{'errors':[{'code':'E1','message':'first'},{'message':'second'}]}", "E1", "first"),
                shape("{'errors':['one','two']}", NO, "one; two"),
                shape("{'errors':[]}", NO, NO),
                shape("[{'message':'first','errorCode':'INVALID_SESSION_ID'}]", "INVALID_SESSION_ID", "first"),
                shape("{'error':[{'message':'m'}]}", NO, "m"),
                shape("{'fault':{'faultstring':'x','message':'m'}}", NO, "m"),
                shape("{}", NO, NO),
                shape("{'error':'a b c'}", NO, "a b c"),
                shape("{'error':'https://example.com/probs/1'}", NO, "https://example.com/probs/1"),
                shape("{'error':'" + "x".repeat(150) + "'}", NO, "x".repeat(150)));
    }

    private static Arguments shape(String body, String code, String description) {
        return Arguments.of(body.replace('\'', '"'), code, description);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void read_jsonShape_findsCodeAndDescription(String json, String code, String description) {
        ErrorBody body = read(Answers.json(400, json));

        assertThat(body.kind()).isEqualTo(BodyText.Kind.JSON);
        assertThat(String.valueOf(body.code())).isEqualTo(String.valueOf(code));
        assertThat(body.description()).isEqualTo(description);
        assertThat(body.excerpt()).isEqualTo(json);
    }

    // The header lies: content type and charset are not believed.
    @ParameterizedTest
    @MethodSource("wrongTypes")
    void read_jsonUnderAnotherType_isReadAsJson(String contentType) {
        ErrorBody body =
                read(Answers.of(400, contentType, "{\"error\":\"invalid_grant\",\"error_description\":\"\u00fc\"}"));

        assertThat(body.code()).asString().isEqualTo("invalid_grant");
        assertThat(body.description()).isEqualTo("\u00fc");
    }

    static Stream<String> wrongTypes() {
        return Stream.of("text/html", "text/plain; charset=US-ASCII", "", "application/json;charset=ISO-8859-1", "?;;");
    }

    // bodies that are no JSON object, at least 40 with those that follow
    static Stream<Arguments> malformed() {
        return Stream.of(
                bad("", BodyText.Kind.EMPTY, NO),
                bad(" \r\n\t ", BodyText.Kind.EMPTY, NO),
                bad("\uFEFF", BodyText.Kind.EMPTY, NO),
                bad("{", BodyText.Kind.BROKEN_JSON, "{"),
                bad("{\"error\":\"invalid_grant\"", BodyText.Kind.BROKEN_JSON, "{\"error\":\"invalid_grant\""),
                bad("{\"error\":\"invalid_gr", BodyText.Kind.BROKEN_JSON, "{\"error\":\"invalid_gr"),
                bad("{\"error\":\"a\",}", BodyText.Kind.BROKEN_JSON, "{\"error\":\"a\",}"),
                bad("{error:\"a\"}", BodyText.Kind.BROKEN_JSON, "{error:\"a\"}"),
                bad(
                        "{\"error\":\"a\",\"error\":\"b\"}",
                        BodyText.Kind.BROKEN_JSON,
                        "{\"error\":\"a\",\"error\":\"b\"}"),
                bad("{} {}", BodyText.Kind.BROKEN_JSON, "{} {}"),
                bad("[]", BodyText.Kind.BROKEN_JSON, "[]"),
                bad("[1,2]", BodyText.Kind.BROKEN_JSON, "[1,2]"),
                bad("null", BodyText.Kind.BROKEN_JSON, "null"),
                bad("42", BodyText.Kind.BROKEN_JSON, "42"),
                bad("\"invalid_grant\"", BodyText.Kind.BROKEN_JSON, "\"invalid_grant\""),
                bad("true", BodyText.Kind.BROKEN_JSON, "true"),
                text("Too Many Requests", BodyText.Kind.TEXT, "Too Many Requests"),
                text("null", BodyText.Kind.TEXT, "null"),
                text("error=invalid_grant&x=y", BodyText.Kind.TEXT, "error=invalid_grant&x=y"),
                text("<?xml version=\"1.0\"?><e>x</e>", BodyText.Kind.TEXT, "<?xml version=\"1.0\"?><e>x</e>"),
                text(
                        "<html><head><title>502 Bad\n Gateway</title></head></html>",
                        BodyText.Kind.WEB_PAGE,
                        "502 Bad Gateway"),
                text("<!DOCTYPE html><h1 class=\"x\">Sign <b>in</b></h1>", BodyText.Kind.WEB_PAGE, "Sign in"),
                text("<html><body>Down <i>for</i> now</body></html>", BodyText.Kind.WEB_PAGE, "Down for now"),
                text("<html><title></title><h2>Blocked</h2></html>", BodyText.Kind.WEB_PAGE, "Blocked"),
                text("<html><title>never closed", BodyText.Kind.WEB_PAGE, "never closed"),
                text("\n\n  <HTML><TITLE>Upper</TITLE>", BodyText.Kind.WEB_PAGE, "Upper"),
                text("\u0000\u0001\u0002\u0003", BodyText.Kind.BINARY, NO),
                text("ab\u0000cd", BodyText.Kind.BINARY, NO),
                text("\u001b\u001b\u001b\u001babc", BodyText.Kind.BINARY, NO));
    }

    private static Arguments bad(String body, BodyText.Kind kind, String excerpt) {
        return Arguments.of(Answers.JSON, body, kind, excerpt);
    }

    private static Arguments text(String body, BodyText.Kind kind, String excerpt) {
        return Arguments.of("text/html", body, kind, excerpt);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void read_malformed_saysWhatItIs(String contentType, String text, BodyText.Kind kind, String excerpt) {
        ErrorBody body = read(Answers.of(400, contentType, text));

        assertThat(body.kind()).isEqualTo(kind);
        assertThat(body.code()).isNull();
        assertThat(body.description()).isNull();
        assertThat(body.members()).isEmpty();
        assertThat(body.excerpt()).isEqualTo(excerpt);
    }

    static Stream<Arguments> bytes() {
        return Stream.of(
                Arguments.of("utf-16", "{\"error\":\"invalid_grant\"}".getBytes(UTF_16)),
                Arguments.of("gzip magic", new byte[] {31, -117, 8, 0, 0, 0, 0, 0, 0, -1, 75, 76, 4}),
                Arguments.of("lone continuation bytes", new byte[] {-128, -127, -126, -125}),
                Arguments.of("latin-1", "{\"error\":\"gr\u00fcn".getBytes(ISO_8859_1)),
                Arguments.of(
                        "random",
                        new java.util.Random(7)
                                .ints(4000)
                                .collect(java.io.ByteArrayOutputStream::new, (o, i) -> o.write(i), (a, b) -> {})
                                .toByteArray()),
                Arguments.of("deep", "[".repeat(100_000).getBytes(UTF_8)),
                Arguments.of("long string", ("{\"error\":\"" + "x".repeat(900_000) + "\"}").getBytes(UTF_8)),
                Arguments.of("long number", ("{\"error\":" + "1".repeat(1_000_000) + "}").getBytes(UTF_8)),
                Arguments.of("tokens", ("[" + "0,".repeat(400_000) + "0]").getBytes(UTF_8)),
                Arguments.of("open tags", "<html><title".repeat(80_000).getBytes(UTF_8)),
                Arguments.of("titles", "<title>x".repeat(100_000).getBytes(UTF_8)),
                Arguments.of(
                        "escapes",
                        "\u001b[31m\u202e\u2066\r\nforged line\u0085\u2028"
                                .repeat(1000)
                                .getBytes(UTF_8)));
    }

    // F-14, V-34: every way through both readers ends in a typed exception that is fit for one line of a log
    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void readers_anyBytes_giveATypedExceptionFitToLog(String name, byte[] bytes) {
        RequestFacts facts = Answers.facts().build();
        for (int status : new int[] {200, 400, 401, 403, 404, 429, 498, 500}) {
            HttpAnswer answer = HttpAnswer.of(status, Map.of(), bytes, Answers.NOW);
            assertFit(TokenErrors.read(answer, facts));
            assertFit(TokenErrors.read(answer.asTruncated(), facts));
            assertFit(ApiErrors.read(answer, facts));
        }
        assertThat(name).isNotEmpty();
    }

    private static void assertFit(OAuthException e) {
        assertThat(e.remedy()).isNotBlank();
        assertThat(e.getMessage())
                .hasSizeLessThan(5000)
                .doesNotContain("\n", "\r", "\u001b", "\u202e", "\u2028", "\u0085");
        assertThat(e.details().bodyExcerpt().orElse(""))
                .hasSizeLessThanOrEqualTo(1025)
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void read_compressedAnswer_isNotRead() {
        HttpAnswer answer = Answers.of(400, "{\"error\":\"invalid_grant\"}", "Content-Encoding", "br");

        assertThat(read(answer).kind()).isEqualTo(BodyText.Kind.BINARY);
    }

    @Test
    void read_truncatedAnswer_showsItsStart() {
        ErrorBody body = read(Answers.json(400, "{\"error\":\"invalid_grant\"}").asTruncated());

        assertThat(body.kind()).isEqualTo(BodyText.Kind.BROKEN_JSON);
        assertThat(body.excerpt()).startsWith("{\"error\"");
    }

    //
    @Test
    void read_problemDetails_areReadByTypeOrByMembers() {
        ErrorBody byType = read(Answers.of(403, "application/problem+json", "{\"detail\":\"d\",\"x\":1}"));
        ErrorBody byMembers = read(Answers.json(403, "{\"type\":\"urn:p\",\"title\":\"t\"}"));
        ErrorBody none = read(Answers.json(403, "{\"title\":\"t\"}"));

        assertThat(byType.problem().detail()).contains("d");
        assertThat(byType.problem().extensions()).isEqualTo(Map.of("x", 1));
        assertThat(byMembers.problem().type()).isEqualTo("urn:p");
        assertThat(none.problem()).isNull();
    }

    @Test
    void read_manyMembers_areBoundedInTheException() {
        String json = "{\"error\":\"invalid_grant\"" + ",\"m\":[" + String.join(",", Collections.nCopies(9000, "\"x\""))
                + "]}";

        ApiException e = ApiErrors.read(Answers.json(400, json), Answers.facts().build());

        assertThat((List<?>) e.members().get("m")).hasSize(64);
    }
}
