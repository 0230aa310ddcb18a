package dev.latchkey.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class EcPublicPointTest {

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void of_generatedKeys_isTheirPublicPoint(String curve) throws Exception {
        for (int round = 0; round < 5; round++) {
            KeyPair pair = KeyForms.ec(curve);

            assertThat(EcPublicPoint.of((ECPrivateKey) pair.getPrivate()))
                    .isEqualTo(((ECPublicKey) pair.getPublic()).getW());
        }
    }

    @Test
    void of_smallestAndLargestValue_isGeneratorAndItsMirror() throws Exception {
        ECParameterSpec curve = ((ECPrivateKey) KeyForms.ec("secp384r1").getPrivate()).getParams();

        ECPoint smallest = EcPublicPoint.of(key(BigInteger.ONE, curve));
        ECPoint largest = EcPublicPoint.of(key(curve.getOrder().subtract(BigInteger.ONE), curve));

        assertThat(smallest).isEqualTo(curve.getGenerator());
        assertThat(largest.getAffineX()).isEqualTo(smallest.getAffineX());
        assertThat(largest.getAffineY()).isNotEqualTo(smallest.getAffineY());
    }

    @Test
    void of_valueOutsideTheOrder_isRefused() throws Exception {
        ECParameterSpec curve = ((ECPrivateKey) KeyForms.ec("secp256r1").getPrivate()).getParams();

        assertThatThrownBy(() -> EcPublicPoint.of(key(curve.getOrder(), curve)))
                .isInstanceOf(InvalidKeyException.class);
    }

    private static ECPrivateKey key(BigInteger value, ECParameterSpec curve) throws Exception {
        return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(value, curve));
    }
}
