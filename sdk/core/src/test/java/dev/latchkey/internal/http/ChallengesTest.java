package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.Challenge;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** */
@Timeout(10)
class ChallengesTest {
    private static final Map<String, String> NONE = Map.of();

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(List.of("Bearer"), List.of(Challenge.of("Bearer", NONE))),
                Arguments.of(List.of("bearer realm=x"), List.of(Challenge.of("Bearer", Map.of("realm", "x")))),
                Arguments.of(
                        List.of("Bearer realm=\"a, b\", error=\"invalid_token\""),
                        List.of(Challenge.of("Bearer", Map.of("realm", "a, b", "error", "invalid_token")))),
                Arguments.of(
                        List.of("Bearer realm=\"a\\\"b\\\\c\""),
                        List.of(Challenge.of("Bearer", Map.of("realm", "a\"b\\c")))),
                // oidc-provider: two in one header
                Arguments.of(
                        List.of("Bearer realm=\"r\", DPoP realm=\"r\", algs=\"ES256\""),
                        List.of(
                                Challenge.of("Bearer", Map.of("realm", "r")),
                                Challenge.of("DPoP", Map.of("realm", "r", "algs", "ES256")))),
                // Keycloak: algs first
                Arguments.of(
                        List.of("DPoP algs=\"ES256 PS256\", realm=\"r\"", "Bearer realm=\"r\""),
                        List.of(
                                Challenge.of("DPoP", Map.of("algs", "ES256 PS256", "realm", "r")),
                                Challenge.of("Bearer", Map.of("realm", "r")))),
                // Spring: resource_metadata and no realm
                Arguments.of(
                        List.of("Bearer resource_metadata=\"https://a.example/.well-known/x\""),
                        List.of(Challenge.of(
                                "Bearer", Map.of("resource_metadata", "https://a.example/.well-known/x")))),
                Arguments.of(List.of("Negotiate YIIabc=="), List.of(Challenge.of("Negotiate", NONE))),
                Arguments.of(
                        List.of(", ,Bearer ,, realm=\"x\" ,"), List.of(Challenge.of("Bearer", Map.of("realm", "x")))),
                // a parameter twice: the last counts
                Arguments.of(
                        List.of("Bearer realm=\"x\", realm=\"y\""),
                        List.of(Challenge.of("Bearer", Map.of("realm", "y")))),
                // no comma: dropped whole by OkHttp, read leniently here
                Arguments.of(
                        List.of("Bearer realm=\"x\" error=\"insufficient_scope\" scope=\"a\\\"b\""),
                        List.of(Challenge.of(
                                "Bearer", Map.of("realm", "x", "error", "insufficient_scope", "scope", "a\"b")))),
                Arguments.of(
                        List.of("Bearer realm=\"x, error=invalid_token"),
                        List.of(Challenge.of("Bearer", Map.of("error", "invalid_token")))),
                Arguments.of(
                        List.of("Bearer error=\"invalid_token\", error_description=\"abgelaufen f\u00fcr\""),
                        List.of(Challenge.of(
                                "Bearer",
                                Map.of("error", "invalid_token", "error_description", "abgelaufen f\u00fcr")))),
                Arguments.of(List.of("realm=\"x\""), List.of()),
                Arguments.of(List.of("", "  ", "\"", "=,=", "\u0000"), List.of()),
                Arguments.of(List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void read_anyHeader_findsItsChallenges(List<String> headers, List<Challenge> expected) {
        assertThat(Challenges.read(headers)).containsExactlyElementsOf(expected);
    }

    // OkHttp alone shows the challenges of 401 and 407 only
    @Test
    void read_status403_findsTheChallenge() {
        HttpAnswer answer = Answers.of(403, "", "www-authenticate", "Bearer error=\"insufficient_scope\"");

        assertThat(Challenges.read(answer)).hasSize(1);
    }

    @Test
    void read_hugeHeaders_areBounded() {
        String hostile = "Bearer " + "a=\"\\\"\\\"".repeat(100_000);

        assertThat(Challenges.read(Collections.nCopies(1000, hostile))).hasSizeLessThanOrEqualTo(16);
        assertThat(Challenges.read(List.of("Bearer realm=\"x\" " + " ".repeat(1_000_000) + "a=b")))
                .hasSize(1);
    }
}
