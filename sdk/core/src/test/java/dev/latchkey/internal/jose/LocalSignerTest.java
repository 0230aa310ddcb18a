package dev.latchkey.internal.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JCA object of one signature serves the next. Two threads never share it, and a failure ends it. */
@Timeout(60)
class LocalSignerTest {
    private static final int THREADS = 4;
    private static final int EACH = 50;
    private static final KeyPair RSA = KeyForms.rsa(2048);

    private final Recorder recorder = new Recorder();
    private final LocalSigner recorded = new LocalSigner("RS384", RSA.getPrivate(), recorder);

    @ParameterizedTest
    @CsvSource({"RS384,SHA384withRSA", "ES384,SHA384withECDSA"})
    void sign_manyThreads_eachSignatureIsOfItsOwnInput(String algorithm, String name) throws Exception {
        KeyPair pair = algorithm.startsWith("RS") ? RSA : KeyForms.ec("secp384r1");
        LocalSigner signer = new LocalSigner(algorithm, pair.getPrivate(), null);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String own = "thread " + thread + ", input ";
                Callable<Integer> signing = () -> {
                    together.await(30, TimeUnit.SECONDS);
                    int good = 0;
                    for (int i = 0; i < EACH; i++) {
                        byte[] input = (own + i).getBytes(US_ASCII);
                        good += verifies(name, pair.getPublic(), input, signer.sign(input)) ? 1 : 0;
                    }
                    return good;
                };
                all.add(threads.submit(signing));
            }
            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(EACH);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean verifies(String name, PublicKey key, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(name);
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(signature);
    }

    private String signed(String input) throws GeneralSecurityException {
        return new String(recorded.sign(input.getBytes(US_ASCII)), US_ASCII);
    }

    @Test
    void sign_oneAfterTheOther_isWithOneObject() throws Exception {
        assertThat(signed("a")).isEqualTo("1:a");
        assertThat(signed("b")).isEqualTo("1:b");
    }

    @Test
    void sign_whileAnotherSignatureIsMade_isWithAnotherObject() throws Exception {
        assertThat(signed("a")).isEqualTo("1:a");

        recorder.meanwhile = () -> {
            recorder.meanwhile = () -> {};
            assertThat(signed("c")).isEqualTo("2:c");
        };

        assertThat(signed("b")).isEqualTo("1:b");
    }

    /** As a provider does that ends with a signature what began with the key, or a session with a hardware module. */
    @Test
    void sign_usedObjectWorksNoMore_isWithANewOne() throws Exception {
        recorder.once = true;

        assertThat(signed("a")).isEqualTo("1:a");
        assertThat(signed("b")).isEqualTo("2:b");
        assertThat(signed("c")).isEqualTo("3:c");
    }

    /** Half of an input may still be in the object that failed. */
    @Test
    void sign_afterAFailure_isWithAnotherObject() throws Exception {
        assertThat(signed("a")).isEqualTo("1:a");

        recorder.broken = true;
        assertThatThrownBy(() -> signed("b")).isInstanceOf(SignatureException.class);
        recorder.broken = false;

        assertThat(signed("c")).isEqualTo("3:c");
    }

    /** Its signatures say which object made them, and of what. */
    private static final class Recorder extends Provider {
        private static final long serialVersionUID = 1L;

        private int made;
        private boolean once;
        private boolean broken;
        /** What goes on while a signature is made. */
        private transient Meanwhile meanwhile = () -> {};

        Recorder() {
            super("Recorder", "1", "for tests");
            putService(new Service(this, "Signature", "SHA384withRSA", Recording.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    made++;
                    return new Recording(Recorder.this, made);
                }
            });
        }
    }

    private interface Meanwhile {
        void happens() throws GeneralSecurityException;
    }

    private static final class Recording extends SigningSpi {
        private final Recorder recorder;
        private final int number;
        private final StringBuilder input = new StringBuilder();
        private boolean used;

        Recording(Recorder recorder, int number) {
            this.recorder = recorder;
            this.number = number;
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
            input.setLength(0);
        }

        @Override
        protected void engineUpdate(byte octet) {
            input.append((char) octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {
            input.append(new String(octets, offset, length, US_ASCII));
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            if (recorder.broken) {
                throw new SignatureException("out of order");
            }
            try {
                recorder.meanwhile.happens();
            } catch (GeneralSecurityException e) {
                throw new SignatureException(e);
            }
            if (recorder.once && used) {
                throw new SignatureException("not initialized");
            }
            used = true;
            String all = number + ":" + input;
            input.setLength(0);
            return all.getBytes(US_ASCII);
        }
    }
}
