package dev.latchkey;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.internal.time.Time;
import dev.latchkey.testing.FakeAuthorizationServer;
import dev.latchkey.testing.FakeClient;
import dev.latchkey.testing.FakeTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Minimal valid things for tests, so that a test shows only what matters in it. */
final class Fixtures {
    static final String CLIENT_ID = "my-client";
    private static final KeyPair PAIR = pair();
    static final PrivateKey PRIVATE_KEY = PAIR.getPrivate();
    static final SigningKey KEY = SigningKey.of(PAIR).withKeyId("key-1");

    /** A thread for each task: the common pool has one thread on a machine of two cores, and anything may hold it. */
    static final Executor THREADS = task -> new Thread(task).start();

    private Fixtures() {}

    static SigningKey p384(String keyId) {
        return SigningKey.of(pair()).withKeyId(keyId);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static SigningKey rsa(String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return SigningKey.of(generator.generateKeyPair()).withKeyId(keyId);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A client that proves itself with {@link #KEY}, known to the server. */
    static void register(FakeAuthorizationServer server) {
        server.register(FakeClient.privateKeyJwt(CLIENT_ID, SigningKey.publicJwkSet(java.util.List.of(KEY)))
                .audience(FakeClient.Audience.EITHER));
    }

    static TokenManager.Builder manager(FakeAuthorizationServer server) {
        return TokenManager.builder(server.tokenEndpoint()).clientId(CLIENT_ID).signingKey(KEY);
    }

    /** What a part of a manager needs of it: that time, steps on the thread that takes them, and events that nobody hears. */
    static Engine engine(FakeTime time) {
        return new Engine(
                Time.system().withClock(time).withTicker(time).withScheduler(time.scheduler()),
                Runnable::run,
                () -> 0.5,
                new Events(event -> {}),
                new AtomicBoolean());
    }

    static TokenManager.Builder manager(FakeAuthorizationServer server, FakeTime time) {
        return manager(server).clock(time).ticker(time).scheduler(time.scheduler());
    }
}
