package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failing disk says, as somebody on call reads it. */
@Timeout(20)
class StoreFailuresTest {
    private static final Path DIRECTORY = Path.of("tokens");

    static Arguments[] failures() {
        return new Arguments[] {
            Arguments.of(new NoSuchFileException("tokens/x"), "NoSuchFileException", "bring it back"),
            Arguments.of(new AccessDeniedException("tokens/x"), "AccessDeniedException", "own the directory"),
            Arguments.of(
                    new FileSystemException("tokens/x", null, "No space left on device"),
                    "FileSystemException, No space left on device",
                    "disk is full"),
            Arguments.of(new IOException("Input/output error"), "IOException, Input/output error", "disk is full"),
            Arguments.of(new IOException(), "IOException", "disk is full")
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failed_saysWhatAndWhatToDo(IOException cause, String what, String remedy) {
        TokenStoreException failure = StoreFailures.failed(DIRECTORY, cause);

        assertThat(failure.details().outcome()).isEqualTo("the file system failed: " + what);
        assertThat(failure.remedy()).contains(remedy);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasCause(cause).hasMessageContaining("tokens");
    }

    @Test
    void busy_saysForHowLong() {
        assertThat(StoreFailures.busy(DIRECTORY, 2000))
                .hasMessageContaining("2000 ms")
                .hasMessageContaining("was stopped");
    }
}
