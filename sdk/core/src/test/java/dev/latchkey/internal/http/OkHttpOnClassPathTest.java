package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(5)
class OkHttpOnClassPathTest {
    @Test
    void check_here_passes() {
        assertThatCode(OkHttpOnClassPath::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.12.0", "3.14.9", "5.4.0", "5.0.0", "of an unknown version", "", "50.1", "4.5.0"})
    void judge_otherVersion_refusedWithTheCure(String version) {
        // V-33
        assertThatThrownBy(() -> OkHttpOnClassPath.judge(version, Set.of("okhttp-4.12.0.jar")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OkHttp " + version)
                .hasMessageContaining("okhttp-4.12.0.jar")
                .hasMessageContaining("okhttp-bom");
    }

    @Test
    void judge_twiceButTheRightOneFirst_isOnlyAWarning() {
        assertThatCode(() -> OkHttpOnClassPath.judge("5.5.1", Set.of("okhttp-jvm-5.5.1.jar", "okhttp-4.12.0.jar")))
                .doesNotThrowAnyException();
        assertThatCode(() -> OkHttpOnClassPath.judge("5.6.0-alpha.1", Set.of("okhttp-jvm.jar")))
                .doesNotThrowAnyException();
    }
}
