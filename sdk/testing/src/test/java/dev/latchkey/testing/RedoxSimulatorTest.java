package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedoxSimulatorTest {

    private static final OkHttpClient HTTP = new OkHttpClient();

    private final FakeTime time = new FakeTime();
    private final RedoxSimulator redox = RedoxSimulator.start(time);

    @BeforeEach
    void register() {
        redox.registerKey("c", Keys.jwkSet(Keys.P384, Keys.RSA));
        redox.registerKey("d", Keys.P384.toPublicJWK().toJSONString());
    }

    @AfterEach
    void close() {
        redox.close();
    }

    private Jwts minimal() {
        return Jwts.minimal("c", redox.tokenEndpoint(), time.instant());
    }

    private TokenCall.Result send(Jwts jwt) throws IOException {
        return call().assertion(jwt.sign(Keys.P384, "ES384")).send(HTTP);
    }

    private TokenCall call() {
        return TokenCall.to(redox.tokenEndpoint()).with("grant_type", "client_credentials");
    }

    private TokenCall.Result api(String path, String token) throws IOException {
        return TokenCall.to(redox.baseUrl() + path).bearer(token).get(HTTP);
    }

    @Test
    void token_byEitherAlgorithm_opensTheApi() throws IOException {
        String es = send(minimal()).accessToken();
        TokenCall.Result rs = call().assertion(minimal().sign(Keys.RSA, "RS384"))
                .with("scope", "")
                .send(HTTP);
        TokenCall.Result scoped = call().with("scope", "a b")
                .assertion(minimal().sign(Keys.P384, "ES384"))
                .send(HTTP);

        assertThat(redox.issuedTokens()).contains(es, scoped.accessToken());
        assertThat(rs.status()).isEqualTo(400);
        assertThat(scoped.json().path("expires_in").asInt()).isEqualTo(300);
        assertThat(scoped.json().path("scope").asText()).isEqualTo("a b");
        assertThat(scoped.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(scoped.json().has("refresh_token")).isFalse();
        assertThat(scoped.header("Date")).contains("Thu, 01 Jan 2026 00:00:00 GMT");
        for (String path : List.of("/endpoint", "/fhir/R4/x/Development/Patient", "/platform/v1/logs")) {
            assertThat(api(path, es).status()).isEqualTo(200);
        }
        assertThat(redox.apiRequestCount()).isEqualTo(3);
    }
}
