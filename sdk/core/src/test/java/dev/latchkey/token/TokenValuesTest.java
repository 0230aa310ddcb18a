package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and scopes as values. */
@Timeout(10)
class TokenValuesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static AccessToken access(String value) {
        return AccessToken.of(value, TokenType.of("DPoP"), Scope.of("a"), START, START.plusSeconds(60));
    }

    @Test
    void accessToken_parts_areGivenBackAndTheValueIsNotPrinted() {
        AccessToken token = access("canary");

        assertThat(token.value()).isEqualTo("canary");
        assertThat(token.authorization()).isEqualTo("DPoP canary");
        assertThat(token.type()).isEqualTo(TokenType.of("dpop"));
        assertThat(token.scope()).isEqualTo(Scope.of("a"));
        assertThat(token.issuedAt()).isEqualTo(START);
        assertThat(token.expiresAt()).isEqualTo(START.plusSeconds(60));
        assertThat(token).hasToString("AccessToken[value=*****, type=DPoP, scope=a, expiresAt=2026-01-01T00:01:00Z]");
    }

    @Test
    void sameValue_isTheValueAlone() {
        AccessToken token = access("one");
        RefreshToken refresh = RefreshToken.of("one");

        assertThat(token.hasSameValueAs(token)).isTrue();
        assertThat(token.hasSameValueAs(access("one"))).isTrue();
        assertThat(token.hasSameValueAs(access("two"))).isFalse();
        assertThat(refresh.hasSameValueAs(refresh)).isTrue();
        assertThat(refresh.hasSameValueAs(RefreshToken.of("one"))).isTrue();
        assertThat(refresh.hasSameValueAs(RefreshToken.of("two"))).isFalse();
        assertThat(refresh).hasToString("RefreshToken[*****]");
    }

    @Test
    void tokenType_anyCase_isTheSame() {
        assertThat(TokenType.of("bEARER")).isSameAs(TokenType.BEARER).hasToString("Bearer");
        assertThat(TokenType.of("DPoP"))
                .isEqualTo(TokenType.of("dpop"))
                .hasSameHashCodeAs(TokenType.of("dpop"))
                .isNotEqualTo(TokenType.BEARER)
                .doesNotHaveSameHashCodeAs(TokenType.BEARER);
    }

    @Test
    void scope_tokens_keepTheirOrderAndCountOnce() {
        Scope scope = Scope.of("  b a\tb ");

        assertThat(scope).hasToString("b a").isEqualTo(Scope.of("a b")).hasSameHashCodeAs(Scope.of("a b"));
        assertThat(scope).isNotEqualTo(Scope.of("a")).doesNotHaveSameHashCodeAs(Scope.of("a"));
        assertThat(scope.tokens()).containsExactly("b", "a");
        assertThat(scope.isEmpty()).isFalse();
        assertThat(scope.covers(Scope.of("a"))).isTrue();
        assertThat(Scope.of("a").covers(scope)).isFalse();
        assertThat(Scope.of(" ")).isSameAs(Scope.none());
        assertThat(Scope.none().isEmpty()).isTrue();
    }

    @Test
    void scope_firstAndLastAllowedCharacters_areTaken() {
        assertThat(Scope.of("! ~ # [ ]").tokens()).containsExactly("!", "~", "#", "[", "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"", "a\\", "a\u007f", "\u0001", "\u00e9"})
    void scope_forbiddenCharacter_isRefusedAndInAnAnswerLeftOut(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> Scope.of("ok " + token));
        assertThat(Scope.ofAnswer("ok " + token)).isEqualTo(Scope.of("ok"));
        assertThat(Scope.ofAnswer(token)).isSameAs(Scope.none());
    }

    @Test
    void idToken_claims_areReadAndNotPrinted() {
        IdToken token = IdToken.of("1", Map.of("email", "a@example.com", "age", 7));

        assertThat(token.subject()).isEqualTo("1");
        assertThat(token.text("email")).contains("a@example.com");
        assertThat(token.text("age")).isEmpty();
        assertThat(token.text("none")).isEmpty();
        assertThat(token.claims()).hasSize(2);
        assertThat(token).hasToString("IdToken[2 claims]");
    }

    @Test
    void introspection_members_areRead() {
        TokenIntrospection read = TokenIntrospection.of(Map.of(
                "active", "true", "scope", "a \u202e", "client_id", "c", "sub", "1", "exp", START.getEpochSecond()));

        assertThat(read.isActive()).isTrue();
        assertThat(read.scope()).contains(Scope.of("a"));
        assertThat(read.clientId()).contains("c");
        assertThat(read.subject()).contains("1");
        assertThat(read.expiresAt()).contains(START);
        assertThat(read.members()).hasSize(5);
        assertThat(read).hasToString("TokenIntrospection[active=true]");
    }

    @Test
    void introspection_nothingOrNonsense_isAbsent() {
        TokenIntrospection nothing = TokenIntrospection.of(Map.of());
        TokenIntrospection nonsense = TokenIntrospection.of(
                Map.of("active", "yes", "scope", List.of(), "sub", 1, "client_id", 2, "exp", Double.MAX_VALUE));

        for (TokenIntrospection read : List.of(nothing, nonsense)) {
            assertThat(read.isActive()).isFalse();
            assertThat(read.scope()).isEmpty();
            assertThat(read.subject()).isEmpty();
            assertThat(read.clientId()).isEmpty();
            assertThat(read.expiresAt()).isEmpty();
        }
    }

    @Test
    void tokenResponse_parts_areGivenBackAndNoSecretIsPrinted() {
        TokenResponse response = TokenResponse.builder("canary")
                .expiresIn(Duration.ofMinutes(5))
                .scope(Scope.of("b"))
                .refreshToken(RefreshToken.of("canary"))
                .refreshTokenExpiresIn(Duration.ofDays(1))
                .idToken("canary")
                .members(Map.of("realm", "r"))
                .build();
        AccessToken token = response.accessToken(START, Scope.of("a"), Duration.ofMinutes(1));

        assertThat(token.value()).isEqualTo("canary");
        assertThat(token.scope()).isEqualTo(Scope.of("b"));
        assertThat(token.expiresAt()).isEqualTo(START.plusSeconds(300));
        assertThat(response.refreshToken().map(RefreshToken::value)).contains("canary");
        assertThat(response.refreshTokenExpiresIn()).contains(Duration.ofDays(1));
        assertThat(response.idToken()).contains("canary");
        assertThat(response.members()).containsEntry("realm", "r");
        assertThat(response)
                .hasToString("TokenResponse[accessToken=*****, tokenType=Bearer, expiresIn=PT5M, scope=b,"
                        + " refreshToken=*****]");
    }

    @Test
    void tokenResponse_withoutLifeAndScope_takesWhatWasAskedFor() {
        TokenResponse response = TokenResponse.builder("t").build();
        AccessToken token = response.accessToken(START, Scope.of("a"), Duration.ofMinutes(1));

        assertThat(token.expiresAt()).isEqualTo(START.plusSeconds(60));
        assertThat(token.scope()).isEqualTo(Scope.of("a"));
        assertThat(response.idToken()).isEmpty();
        assertThat(response).asString().endsWith("refreshToken=none]");
    }
}
