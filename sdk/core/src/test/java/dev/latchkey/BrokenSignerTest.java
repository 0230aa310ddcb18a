package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.TransportException;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BrokenSignerTest {
    @Test
    void token_signerHangs_callersAreToldAndTheNextStartsAnew() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch forever = new CountDownLatch(1);
        SigningKey key = SigningKey.external(JwsAlgorithm.RS384, pair.getPublic(), input -> {
            calls.incrementAndGet();
            forever.await();
            return new byte[0];
        });
        FakeTime time = new FakeTime();
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
                TokenManager tokens = Fixtures.manager(server, time)
                        .signingKey(key)
                        .tokenTimeout(Duration.ofMillis(100))
                        .build()) {
            assertThatThrownBy(tokens::token)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("PT0.1S")
                    .hasMessageContaining("tokenTimeout");
            time.advance(Duration.ofSeconds(1));
            assertThatThrownBy(tokens::token).isInstanceOf(TransportException.class);
            assertThat(calls).hasValue(2);
            forever.countDown();
        }
    }

    @Test
    void token_signerThrows_isNotCalledInALoop() throws Exception {
        FakeTime time = new FakeTime();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        AtomicInteger calls = new AtomicInteger();
        SigningKey key = SigningKey.external(JwsAlgorithm.RS384, pair.getPublic(), input -> {
            calls.incrementAndGet();
            throw new IllegalStateException("the key service is not configured");
        });
        try (FakeAuthorizationServer server = FakeAuthorizationServer.start(time);
                TokenManager tokens = Fixtures.manager(server, time)
                        .signingKey(key)
                        .retries(0)
                        .build()) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(tokens::token).isInstanceOf(Exception.class);
            }
            assertThat(calls).hasValue(1);

            time.advance(Duration.ofSeconds(1));
            assertThatThrownBy(tokens::token).isInstanceOf(Exception.class);
            assertThat(calls).hasValue(2);
            assertThat(server.tokenRequestCount()).isZero();
        }
    }
}
