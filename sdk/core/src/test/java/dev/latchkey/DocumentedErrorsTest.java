package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.FakeTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the file of documented errors: the provider's simulator answers it, and this is what a caller catches. */
@Timeout(20)
class DocumentedErrorsTest {
    static List<DocumentedError> rows() {
        return DocumentedError.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void call_rowOfThePages_throwsItsTypeWithItsRemedy(DocumentedError row) throws Exception {
        OAuthException caught = DocumentedFailure.of(row, new FakeTime());

        assertThat(DocumentedFailure.typeOf(caught)).isEqualTo(row.exception());
        assertThat(caught.isRetryable()).as("retryable").isEqualTo(row.retryable());
        assertThat(caught.remedy()).contains(row.remedyNames());
        assertThat(caught.provider()).isPresent();
    }

    @Test
    void rows_everyProvider_hasSome() {
        assertThat(rows()).extracting(row -> row.id().replaceFirst("-.*", "")).containsAll(Simulated.NAMES);
    }
}
