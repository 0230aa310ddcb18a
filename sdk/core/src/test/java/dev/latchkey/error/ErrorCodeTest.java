package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ErrorCodeTest {
    @Test
    void of_unknownCode_survivesAsItself() {
        assertThat(ErrorCode.of("vendor.code-17").value()).isEqualTo("vendor.code-17");
        assertThat(ErrorCode.of("vendor.code-17")).hasToString("vendor.code-17");
    }

    @Test
    void equals_sameValue_isEqualWithRegardToCase() {
        assertThat(ErrorCode.of(" invalid_grant ")).isEqualTo(ErrorCode.INVALID_GRANT);
        assertThat(ErrorCode.of("invalid_grant")).hasSameHashCodeAs(ErrorCode.INVALID_GRANT);
        assertThat(ErrorCode.of("Invalid_Grant")).isNotEqualTo(ErrorCode.INVALID_GRANT);
        assertThat(ErrorCode.INVALID_GRANT).isNotEqualTo("invalid_grant").isNotEqualTo(null);
    }

    // characters outside the grammar are escaped
    @Test
    void of_unprintableCharacters_areEscaped() {
        assertThat(ErrorCode.of("a\r\nb\u001b[31m\u202e\u00e9").value()).isEqualTo("a\\r\\nb\\u001b[31m\\u202e\\u00e9");
    }

    @Test
    void of_longValue_isCut() {
        assertThat(ErrorCode.of("x".repeat(5000)).value()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void of_blank_isRefused(String value) {
        assertThatThrownBy(() -> ErrorCode.of(value)).isInstanceOf(IllegalArgumentException.class);
    }
}
