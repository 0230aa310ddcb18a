package dev.latchkey.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class EcdsaFormTest {

    @ParameterizedTest
    @CsvSource({"ES256,64", "ES384,96", "ES512,132"})
    void joseForm_derOfAnyValue_isRAndSSideBySide(String algorithm, int length) throws JOSEException {
        byte[] signature = new byte[length];
        for (int round = 0; round < 200; round++) {
            new SecureRandom().nextBytes(signature);
            signature[0] = (byte) (round % 2);
            signature[length / 2] = (byte) (round % 2);

            byte[] der = ECDSA.transcodeSignatureToDER(signature);

            assertThat(EcdsaForm.joseForm(algorithm, der)).isEqualTo(signature);
        }
    }

    @Test
    void joseForm_alreadySideBySide_staysAsItIs() throws JOSEException {
        byte[] signature = new byte[96];
        signature[0] = 0x30;

        assertThat(EcdsaForm.joseForm("ES384", signature)).isSameAs(signature);
    }

    /** Zeros are what an old JDK takes for a signature of anything. */
    @ParameterizedTest
    @ValueSource(bytes = {0, -1})
    void jcaForm_outsideTheOrderOfTheCurve_isRefused(byte octet) {
        byte[] signature = new byte[96];
        Arrays.fill(signature, octet);

        assertThatThrownBy(() -> EcdsaForm.jcaForm("ES384", signature)).isInstanceOf(JOSEException.class);
    }

    @Test
    void joseForm_rsa_staysAsItIs() throws JOSEException {
        byte[] signature = {1, 2, 3};

        assertThat(EcdsaForm.joseForm("PS256", signature)).isSameAs(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0102030405060708",
                "3006020101020101ff",
                "3006030101020101",
                "3006020101030101",
                "300602017f0201",
                "30060201010280ff",
                "3081060201010201",
                "300602ff01020101"
            })
    void joseForm_neitherForm_isRefusedWithBothLengths(String hex) {
        byte[] signature = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> EcdsaForm.joseForm("ES256", signature))
                .isInstanceOf(JOSEException.class)
                .hasMessageContaining(signature.length + " octets")
                .hasMessageContaining("64 octets");
    }
}
