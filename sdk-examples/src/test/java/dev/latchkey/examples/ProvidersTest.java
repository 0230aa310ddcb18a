package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.provider.Baanx;
import dev.latchkey.provider.Provider;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.testing.BaanxSimulator;
import dev.latchkey.testing.SmartBackendServicesSimulator;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines of the prepared providers: those of the real services can be built, the others run at a simulator. */
@Timeout(30)
class ProvidersTest {
    private static final SigningKey KEY = SigningKey.of(Keys.RSA).withKeyId("key-1");

    @Test
    void realServices_theirLines_areComplete() {
        try (TokenManager redox = Providers.redox(KEY);
                TokenManager dsp = Providers.yahooDsp("short");
                TokenManager baanx = Providers.baanx("key", MemoryTokenStore.create());
                TokenManager olx = Providers.olx("secret")) {
            assertThat(redox.toString()).contains("api.redoxengine.com");
            assertThat(dsp.toString()).contains("id.b2b.yahooinc.com");
            assertThat(baanx.toString()).contains("api.baanx.com");
            assertThat(olx.toString()).contains("www.olx.pl");
        }
    }

    @Test
    void variants_theirSettings_areKept() {
        Provider legacy = Providers.redoxWithLegacySource();
        assertThat(legacy.tokenEndpoint()).startsWith("https://api.ca.redoxengine.com/");
        assertThat(legacy.apiHeaders()).containsEntry("Redox-Source-Id", "my-legacy-key-id");
        assertThat(legacy.tokenHeaders()).doesNotContainKey("Redox-Source-Id");

        Provider product = Providers.oathProduct("https://api.example.com");
        assertThat(product.apiOrigins()).contains("https://api.example.com");
        assertThat(product.assertionProfile().audience())
                .hasValueSatisfying(audience -> assertThat(audience).endsWith("?realm=aolcorporate/aolexternals"));

        Provider unitedStates = Providers.baanxUnitedStates("key", "secret");
        assertThat(unitedStates.tokenHeaders()).containsKeys("x-client-key", "x-us-env", "x-secret-key");
        assertThat(unitedStates.apiHeaders())
                .containsKeys("x-client-key", "x-us-env")
                .doesNotContainKey("x-secret-key");
    }

    @Test
    void user_adoptedThenKnown_isCalledForUntilTheSessionEnds() throws IOException {
        try (BaanxSimulator baanx = BaanxSimulator.start()) {
            baanx.registerClient("key");
            try (TokenManager tokens =
                    TokenManager.builder(Baanx.at(baanx.baseUrl(), "key")).build()) {
                OkHttpClient api = OAuthInterceptor.of(tokens)
                        .applyTo(new OkHttpClient.Builder())
                        .build();
                String url = baanx.baseUrl() + "/v1/user";

                assertThat(Providers.firstCallOfAUser(tokens, api, baanx.signIn("user-17"), url))
                        .isEqualTo(200);
                assertThat(Providers.laterCallOfAUser(tokens, api, url)).isEqualTo("answered 200");
                baanx.revokeAll();
                baanx.nextError("baanx-refresh");
                assertThat(Providers.laterCallOfAUser(tokens, api, url)).startsWith("sign in again: ");
                assertThat(baanx.tokenRequestCount()).isEqualTo(2);
            }
        }
    }

    @Test
    void smart_discovered_getsAToken() throws IOException {
        try (SmartBackendServicesSimulator smart = SmartBackendServicesSimulator.start()) {
            smart.registerKey("my-client", KEY.publicJwk());
            try (TokenManager tokens = Providers.smart(smart.fhirBaseUrl(), KEY)) {
                assertThat(smart.isActive(tokens.token().value())).isTrue();
            }
            assertThat(smart.violations()).isEmpty();
        }
    }
}
