package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.clientauth.AssertionProfile;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.Redox;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad setting fails where it is set or in build(), names itself and the remedy, and shows no secret. */
@Timeout(20)
class BadConfigurationTest {
    private static final String SECRET = "s3cr3t-v4lue";

    private static TokenManager.Builder good() {
        return TokenManager.builder("https://auth.example.com/oauth2/token")
                .clientId("my-client")
                .signingKey(Fixtures.KEY);
    }

    private static void assertRefused(String setting, String remedy, Consumer<TokenManager.Builder> change) {
        assertThatThrownBy(() -> {
                    TokenManager.Builder builder = good();
                    change.accept(builder);
                    builder.build().close();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(SECRET)
                .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain(SECRET));
    }

    @Test
    void build_minimalAndGood_succeeds() {
        good().build().close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://auth.example.com/token, https",
        "http://127.0.0.1.evil.com/token, https",
        "http://localhost.evil.com/token, https",
        "http://10.0.0.1/token, https",
        "ftp://auth.example.com/token, https",
        "file:///etc/passwd, in full",
        "//auth.example.com/token, in full",
        "/oauth2/token, in full",
        "auth.example.com/token, in full",
        "'', in full",
        "https://, in full",
        "https:///token, in full",
        "https://user:s3cr3t-v4lue@auth.example.com/token, remove",
        "https://auth.example.com/token#s3cr3t-v4lue, remove",
        "https://auth.example.com/to ken?x=s3cr3t-v4lue, in full",
        "https://auth.example.com:99999/token, port",
        "https://auth.example.com:0/token, port",
        "https://auth..example.com/token, host name",
        "https://auth_server/token, host name",
        "https://m\u00fcller.example/token, xn--",
        "https://auth.example.com\\@evil.com/token, in full",
    })
    void tokenEndpoint_bad_refused(String url, String remedy) {
        // R-01, V-14
        assertThatThrownBy(() -> TokenManager.builder(url)
                        .clientId("c")
                        .signingKey(Fixtures.KEY)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenEndpoint")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "api.example.com",
                "https://u:s3cr3t-v4lue@api.example.com",
                "https://api.example.com:65536",
                "https://a..b",
                "*",
                "https://*.example.com",
            })
    void apiOriginAndIssuer_bad_refused(String url) {
        assertRefused("apiOrigin", "", builder -> builder.apiOrigin(url));
        assertRefused("issuer", "", builder -> builder.issuer(url));
    }

    @Test
    void url_thatOnlyOkHttpRefuses_refusedInBuild() {
        String host = "https://" + "a".repeat(64) + ".example";
        assertRefused("apiOrigin", "host", builder -> builder.apiOrigin(host));
        assertThatThrownBy(() -> TokenManager.builder(host + "/token")
                        .clientId("c")
                        .signingKey(Fixtures.KEY)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenEndpoint");
    }

    @Test
    void clientId_bad_refused() {
        assertRefused("clientId", "environment variable", builder -> builder.clientId(" "));
        assertRefused("clientId", "strip()", builder -> builder.clientId("my-client\n"));
        assertThatThrownBy(() -> TokenManager.builder("https://a.example/t")
                        .signingKey(Fixtures.KEY)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientId")
                .hasMessageContaining(".clientId(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nx: y", "a\0", "a\u0001", "\u00e4", "a\u2028", "a\u007f", "key\n"})
    void header_valueThatNoRequestCanCarry_refusedWithoutTheValue(String value) {
        // V-05, V-06
        assertRefused("x-client-key", "", builder -> builder.header("x-client-key", SECRET + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "accept",
                "ACCEPT-ENCODING",
                "Content-Type",
                "content-length",
                "Host",
                "Transfer-Encoding",
                "Connection",
            })
    void header_setByTheSdk_refused(String name) {
        assertRefused(name, "remove", builder -> builder.header(name, SECRET));
    }

    @Test
    void header_nameOrValueMissing_refused() {
        // V-06
        assertRefused("header", "", builder -> builder.header("", SECRET));
        assertRefused("header", "", builder -> builder.header("x client", SECRET));
        assertRefused("header", "", builder -> builder.header("x:client", SECRET));
        assertRefused("header", "", builder -> builder.header("x\r\ny", SECRET));
        assertRefused("x-client-key", "environment variable", builder -> builder.header("x-client-key", "  "));
    }

    @Test
    void clientAuthentication_noneOrSeveral_refused() {
        assertRefused("clientAuthentication", "exactly one", builder -> builder.clientSecret(SECRET));
        assertRefused(
                "clientAuthentication",
                "exactly one",
                builder -> builder.clientAuthentication(ClientSecretPost.of(SECRET)));
        assertThatThrownBy(() -> TokenManager.builder("https://a.example/t")
                        .clientId("c")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none is set")
                .hasMessageContaining("signingKey");
        assertRefused("signingKey", "", builder -> builder.signingKeys(List.of()));
    }

    @Test
    void clientSecret_bad_refused() {
        TokenManager.Builder builder =
                TokenManager.builder("https://a.example/t").clientId("c");
        assertThatThrownBy(() -> builder.clientSecret(" "))
                .hasMessageContaining("clientSecret")
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> builder.clientSecret(SECRET + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientSecret")
                .hasMessageContaining("strip()")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void signingKey_thatTheProviderRefuses_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        SigningKey p256 = SigningKey.of(generator.generateKeyPair()).withKeyId("k");
        assertThatThrownBy(() -> TokenManager.builder(Redox.production())
                        .clientId("c")
                        .signingKey(p256)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signingKey")
                .hasMessageContaining("ES256")
                .hasMessageContaining("RS384, ES384");

        generator.initialize(new ECGenParameterSpec("secp384r1"));
        SigningKey nameless = SigningKey.of(generator.generateKeyPair());
        assertThatThrownBy(() -> TokenManager.builder(Redox.production())
                        .clientId("c")
                        .signingKey(nameless)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kid")
                .hasMessageContaining("withKeyId");
    }

    @Test
    void assertionProfile_thatCannotBeServed_refused() {
        assertRefused("issuer", "issuer(", builder -> builder.assertionProfile(AssertionProfile.issuer()));
        assertRefused(
                "signingKey",
                "PS256",
                builder -> builder.assertionProfile(
                        AssertionProfile.tokenEndpoint().withAlgorithms(JwsAlgorithm.PS256)));
    }

    @Test
    void jcaProvider_withoutAKey_refused() {
        assertThatThrownBy(() -> TokenManager.builder("https://a.example/t")
                        .clientId("c")
                        .clientSecret(SECRET)
                        .jcaProvider(Security.getProviders()[0])
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jcaProvider")
                .hasMessageContaining("remove");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "-PT0.001S"})
    void durations_notPositive_refused(Duration value) {
        assertRefused("requestTimeout", "above zero", builder -> builder.requestTimeout(value));
        assertRefused("refreshMargin", "above zero", builder -> builder.refreshMargin(value));
        assertThatThrownBy(() -> Provider.builder("https://a.example/t").defaultTokenLife(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("defaultTokenLife");
    }

    @Test
    void durations_beyondReason_refused() {
        assertRefused("requestTimeout", "", builder -> builder.requestTimeout(Duration.ofDays(30)));
        assertRefused("requestTimeout", "", builder -> builder.requestTimeout(Duration.ofNanos(1)));
        assertRefused("refreshMargin", "", builder -> builder.refreshMargin(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatThrownBy(() -> Provider.builder("https://a.example/t").defaultTokenLife(Duration.ofDays(36_500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("defaultTokenLife");
    }

    @Test
    void retries_outOfRange_refused() {
        assertRefused("retries", "0 to 10", builder -> builder.retries(-1));
        assertRefused("retries", "0 to 10", builder -> builder.retries(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\u0000b", "sc\u00f6pe", "a b\u007f"})
    void scope_characterThatNoneMayHave_refused(String scope) {
        assertRefused("scope", "spaces", builder -> builder.scope(scope));
        try (TokenManager tokens = good().build()) {
            assertThatThrownBy(() -> tokens.scope(scope)).hasMessageContaining("scope");
        }
    }

    @Test
    void scope_blank_isNone() {
        try (TokenManager tokens = good().scope("  ").build()) {
            assertThat(tokens.scope("")).isSameAs(tokens);
        }
    }

    @Test
    void tokenParameter_bad_refused() {
        Provider.Builder provider = Provider.builder("https://a.example/t");
        for (String reserved : List.of("grant_type", "client_assertion", "client_secret", "scope", "refresh_token")) {
            assertThatThrownBy(() -> provider.tokenParameter(reserved, SECRET))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(reserved)
                    .hasMessageNotContaining(SECRET);
        }
        assertThatThrownBy(() -> provider.tokenParameter(" ", SECRET)).hasMessageContaining("tokenParameter");
        assertThatThrownBy(() -> provider.name(" ")).hasMessageContaining("name");
    }
}
