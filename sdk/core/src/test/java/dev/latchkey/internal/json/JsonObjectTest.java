package dev.latchkey.internal.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class JsonObjectTest {
    private static JsonObject read(String json) throws JsonException {
        return JsonObject.read(json.getBytes(UTF_8));
    }

    @Test
    void read_byteOrderMark_isSkipped() throws JsonException {
        assertThat(read("\uFEFF{\"a\":\"\u00e4\"}").text("a")).contains("\u00e4");
    }

    @Test
    void read_otherCharset_keepsTheRest() throws JsonException {
        JsonObject json = JsonObject.read("{\"a\":\"gr\u00fcn\",\"b\":\"x\"}".getBytes(ISO_8859_1));

        assertThat(json.text("a")).contains("gr\uFFFDn");
        assertThat(json.text("b")).contains("x");
    }

    @Test
    void accessors_everyType_giveOnlyTheirOwn() throws JsonException {
        JsonObject json = read(
                "{\"t\":\"x\",\"b\":\" \",\"n\":1.5,\"s\":\" 42 \",\"z\":null,\"o\":{\"i\":\"j\"},\"l\":[{\"k\":\"v\"},1],\"w\":[\"p\",3,\"q\"],\"f\":true}");

        assertThat(json.text("t")).contains("x");
        assertThat(json.text("n")).isEmpty();
        assertThat(json.text("none")).isEmpty();
        assertThat(json.text("b")).contains(" ");
        assertThat(json.words("b")).isEmpty();
        assertThat(json.words("t")).contains("x");
        assertThat(json.number("n")).hasValue(1.5);
        assertThat(json.number("s")).hasValue(42);
        assertThat(json.number("t")).isEmpty();
        assertThat(json.number("f")).isEmpty();
        assertThat(json.has("t")).isTrue();
        assertThat(json.has("z")).isFalse();
        assertThat(json.object("o").orElseThrow().text("i")).contains("j");
        assertThat(json.object("t")).isEmpty();
        assertThat(json.firstObject("l").orElseThrow().text("k")).contains("v");
        assertThat(json.firstObject("w")).isEmpty();
        assertThat(json.texts("w")).contains(List.of("p", "q"));
        assertThat(json.texts("t")).isEmpty();
        assertThat(json).hasToString("JsonObject[9 members]");
    }

    @Test
    void toMap_everyType_editsNamesAndTexts() throws JsonException {
        Map<String, Object> map = read("{\"a\":\"x\",\"b\":[1,null,\"y\",{\"c\":true}],\"d\":null,\"e\":{}}")
                .toMap(text -> text.toUpperCase(Locale.ROOT));

        assertThat(map).isEqualTo(Map.of("A", "X", "B", List.of(1, "Y", Map.of("C", true)), "E", Map.of()));
    }

    @Test
    void readFirst_array_takesItsFirstObject() throws JsonException {
        assertThat(JsonObject.readFirst("[{\"a\":\"x\"},{\"a\":\"y\"}]".getBytes(UTF_8))
                        .text("a"))
                .contains("x");
        assertThat(JsonObject.readFirst("{\"a\":\"x\"}".getBytes(UTF_8)).text("a"))
                .contains("x");
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonObject.readFirst("[]".getBytes(UTF_8)));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonObject.readFirst("[1]".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"x\"",
                "[]",
                "true",
                "{",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\n\"}",
                "{\"a\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "/*c*/{}",
                "<html>"
            })
    void read_noJsonObject_isRefused(String text) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> read(text));
    }

    // V-08: neither the message nor a cause shows what was read
    @Test
    void read_brokenText_isNotEchoed() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> read("{\"access_token\":\"s3cr3t-token\" oops s3cr3t-token"))
                .withNoCause()
                .withMessage("not JSON");
    }

    // V-09, V-10
    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("depth", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                Arguments.of("depth just over", "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"),
                Arguments.of("string", "{\"a\":\"" + "x".repeat((256 << 10) + 1) + "\"}"),
                Arguments.of("name", "{\"" + "x".repeat(2000) + "\":1}"),
                Arguments.of("number", "{\"a\":" + "9".repeat(1_000_000) + "}"),
                Arguments.of("number just over", "{\"a\":" + "9".repeat(101) + "}"),
                Arguments.of("fraction", "{\"a\":0." + "9".repeat(1_000_000) + "}"),
                Arguments.of("tokens", "{\"a\":[" + "1,".repeat(30_000) + "1]}"),
                Arguments.of("document", "{\"a\":\"x\"" + " ".repeat(1 << 20) + "}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void read_beyondALimit_isRefusedInBoundedTime(String name, String bomb) {
        assertThatExceptionOfType(JsonException.class)
                .as(name)
                .isThrownBy(() -> read(bomb))
                .withNoCause()
                .withMessage("JSON beyond a limit");
    }

    @Test
    void read_atTheLimits_isTaken() throws JsonException {
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").has("a"))
                .isTrue();
        assertThat(read("{\"a\":\"" + "x".repeat(200_000) + "\"}").text("a").orElseThrow())
                .hasSize(200_000);
    }

    @Test
    void number_hugeExponent_isInfiniteAndCheap() throws JsonException {
        assertThat(read("{\"a\":1e999999999}").number("a")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(read("{\"a\":\"1e999999999\"}").number("a")).isEmpty();
    }

    // V-10: names that collide as hash codes must not share a slow table
    @Test
    void read_collidingNames_isQuick() throws JsonException {
        String members = IntStream.range(0, 4000)
                .mapToObj(i -> "\""
                        + Integer.toBinaryString(i | 1 << 16).replace("0", "Aa").replace("1", "BB") + "\":1")
                .collect(Collectors.joining(","));

        assertThat(read("{" + members + "}").toMap(UnaryOperator.identity())).hasSize(4000);
    }
}
