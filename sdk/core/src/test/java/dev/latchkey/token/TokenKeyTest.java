package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can change a token is in its key: two that differ anywhere never share one. */
@Timeout(10)
class TokenKeyTest {
    private static final String ENDPOINT = "https://auth.example.com/token";
    private static final TokenKey KEY = TokenKey.of(ENDPOINT, "client", "authorization_code");

    static Stream<TokenKey> others() {
        return Stream.of(
                TokenKey.of(ENDPOINT + "/", "client", "authorization_code"),
                TokenKey.of(ENDPOINT, "client2", "authorization_code"),
                TokenKey.of(ENDPOINT, "client", "client_credentials"),
                KEY.withSubject("alice"),
                KEY.withScope(Scope.of("a")),
                KEY.withResources(Set.of("a")),
                KEY.withVariant("a"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void key_oneThingOther_isAnother(TokenKey other) {
        assertThat(other).isNotEqualTo(KEY).doesNotHaveSameHashCodeAs(KEY);
        assertThat(other.id()).isNotEqualTo(KEY.id()).matches("[0-9a-f]{64}");
    }

    @Test
    void keys_allOfThem_haveIdsOfTheirOwn() {
        assertThat(others().map(TokenKey::id)).doesNotHaveDuplicates();
        assertThat(others()).doesNotHaveDuplicates();
    }

    // "ab" and "c" must not be taken for "a" and "bc".
    @Test
    void id_textsThatJoinToTheSame_differ() {
        assertThat(TokenKey.of("ab", "c", "d").id())
                .isNotEqualTo(TokenKey.of("a", "bc", "d").id());
        assertThat(KEY.withScope(Scope.of("a")).withResources(Set.of("b")).id())
                .isNotEqualTo(KEY.withScope(Scope.of("a b")).id());
    }

    @Test
    void key_sameThings_isTheSame() {
        TokenKey one = full("b a");
        TokenKey other = full("a b");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualTo(one);
        assertThat(one.id()).isEqualTo(other.id());
        assertThat((Object) one).isNotEqualTo("key");
    }

    private static TokenKey full(String scope) {
        return KEY.withSubject("alice")
                .withScope(Scope.of(scope))
                .withResources(Set.copyOf(Arrays.asList(scope.split(" "))))
                .withVariant("v");
    }

    @Test
    void parts_all_areGivenBack() {
        TokenKey key = full("a b");

        assertThat(List.of(key.tokenEndpoint(), key.clientId(), key.grantType(), key.variant()))
                .containsExactly(ENDPOINT, "client", "authorization_code", "v");
        assertThat(key.subject()).contains("alice");
        assertThat(KEY.subject()).isEmpty();
        assertThat(key.scope()).isEqualTo(Scope.of("a b"));
        assertThat(key.resources()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void toString_ofAUser_doesNotNameThePerson() {
        assertThat(full("a b"))
                .hasToString("TokenKey[" + ENDPOINT
                        + ", client, authorization_code, scope=a b, resources=[a, b], subject=set]");
        assertThat(KEY).asString().endsWith("subject=none]");
    }
}
