package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DocumentedErrorTest {

    private static DocumentedError error(String id) {
        return DocumentedError.all().stream()
                .filter(error -> error.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void table_ofAllProviders_isWellFormed() {
        List<DocumentedError> all = DocumentedError.all();

        assertThat(all).hasSizeGreaterThan(100);
        assertThat(all).extracting(DocumentedError::id).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(DocumentedError::endpoint)
                .containsOnly(
                        "token",
                        "refresh",
                        "code",
                        "initiate",
                        "login",
                        "authorize",
                        "api",
                        "introspection",
                        "userinfo");
        assertThat(all).allSatisfy(error -> {
            assertThat(error.status()).isBetween(400, 504);
            assertThat(Set.of("page", "code", "seen", "assumed")).contains(error.source());
            assertThat(error.exception()).endsWith("Exception");
            assertThat(error.remedyNames()).isNotEmpty().doesNotContain("");
            assertThat(error).hasToString("DocumentedError[" + error.id() + ", " + error.status() + "]");
        });
    }

    @Test
    void columns_ofOneLine_areRead() {
        DocumentedError error = error("baanx-498");

        assertThat(error.endpoint()).isEqualTo("api");
        assertThat(error.body()).isEqualTo("{\"message\":\"Invalid Token\"}");
        assertThat(error.source()).isEqualTo("page");
        assertThat(error.exception()).isEqualTo("InvalidClientKeyException");
        assertThat(error.retryable()).isFalse();
        assertThat(error.remedyNames()).containsExactly("x-client-key", "sandbox", "production", "session");
        assertThat(error("baanx-500").retryable()).isTrue();
        assertThat(error("baanx-500").body()).isEmpty();
    }

    @Test
    void contentType_fitsTheBody() {
        assertThat(contentType("redox-no-kid")).containsExactly("application/json");
        assertThat(contentType("smart-401")).containsExactly("application/fhir+json");
        assertThat(contentType("redox-api-401")).containsExactly("text/plain; charset=utf-8");
        assertThat(contentType("redox-api-502")).containsExactly("text/html; charset=utf-8");
        assertThat(contentType("redox-api-504")).isEmpty();
    }

    private static List<String> contentType(String id) {
        return error(id).reply().headers().all("Content-Type");
    }

    @Test
    void line_withAColumnTooFew_isRefused() {
        assertThatThrownBy(() -> DocumentedError.parse("a | token | 400 | empty | page | XException | no"))
                .hasMessageContaining("7 columns");
    }
}
