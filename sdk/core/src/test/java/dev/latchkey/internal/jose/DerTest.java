package dev.latchkey.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class DerTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 200_000})
    void read_ofAnyLength_givesWhatWasWritten(int length) throws Der.DerException {
        byte[] content = new byte[length];

        Der element = Der.read(Der.write(Der.OCTET_STRING, content));

        assertThat(element.content(Der.OCTET_STRING)).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"06052b81040022,1.3.132.0.34", "0603883703,2.999.3", "0600,", "0101ff,"})
    void objectId_inDottedForm_orRefused(String hex, String dotted) throws Der.DerException {
        Der element = Der.read(HexFormat.of().parseHex(hex));

        if (dotted == null) {
            assertThatThrownBy(element::objectId).isInstanceOf(Der.DerException.class);
        } else {
            assertThat(element.objectId()).isEqualTo(dotted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "3001", "3080", "308501", "3084ffffffff", "30847fffffff00"})
    void read_cutOrOverlong_isRefused(String hex) {
        assertThatThrownBy(() -> Der.read(HexFormat.of().parseHex(hex))).isInstanceOf(Der.DerException.class);
    }

    @Test
    void smallInteger_tooLong_isRefused() throws Der.DerException {
        Der element = Der.read(HexFormat.of().parseHex("02050100000000"));

        assertThatThrownBy(element::smallInteger).isInstanceOf(Der.DerException.class);
    }
}
