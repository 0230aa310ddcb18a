package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ApiException;
import dev.latchkey.testing.Answer;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** an address in an answer is for people to read; nobody calls it, with a token or without. */
@Timeout(20)
class ReferencesTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 407, 500})
    void challenge_withAddresses_opensNoneOfThem(int status) throws Exception {
        try (World world = new World();
                MockWebServer stranger = new MockWebServer()) {
            stranger.start();
            String address = stranger.url("/x").toString();
            world.api.always(Answer.status(status)
                    .header(
                            "WWW-Authenticate",
                            "Bearer error=\"invalid_token\", resource_metadata=\"" + address
                                    + "\", authorization_uri=\"" + address + "\", error_uri=\"" + address + "\"")
                    .header("Link", "<" + address + ">; rel=\"service-desc\""));

            assertThat(catchThrowableOfType(java.io.IOException.class, () -> world.status("/")))
                    .isNotNull();
            assertThat(stranger.getRequestCount()).isZero();
        }
    }

    @Test
    void problem_withAType_isNotFetched() throws Exception {
        //
        try (World world = new World();
                MockWebServer stranger = new MockWebServer()) {
            stranger.start();
            String address = stranger.url("/problem").toString();
            world.api.always(Answer.json(
                    400,
                    "{\"type\":\"" + address + "\",\"title\":\"No\",\"status\":299,\"instance\":\"" + address + "\"}"));

            ApiException refused = catchThrowableOfType(ApiException.class, () -> world.status("/"));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.getMessage() + refused.details()).contains("No");
            assertThat(stranger.getRequestCount()).isZero();
        }
    }
}
