package dev.latchkey.clientauth;

import static dev.latchkey.clientauth.SentAssertion.CONTEXT;
import static dev.latchkey.clientauth.SentAssertion.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.internal.jose.KeyForms;
import java.io.IOException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PrivateKeyJwtTest {

    private static final KeyPair RSA = KeyForms.rsa(2048);
    private static final KeyPair P_256 = KeyForms.ec("secp256r1");
    private static final KeyPair P_384 = KeyForms.ec("secp384r1");
    private static final SigningKey KEY = SigningKey.of(P_256).withKeyId("key-1");

    /** the URN, one assertion, {@code client_id} equal to {@code sub}. */
    @Test
    void authenticate_parameters_areThoseOfRfc7523() throws Exception {
        AuthenticationParameters parameters = PrivateKeyJwt.of(KEY).authenticate(CONTEXT);

        assertThat(parameters.headers()).isEmpty();
        assertThat(parameters.parameters().keySet())
                .containsExactly("client_id", "client_assertion_type", "client_assertion");
        assertThat(parameters.parameters())
                .containsEntry("client_id", "client-1")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assertThat(PrivateKeyJwt.of(KEY).method()).isEqualTo("private_key_jwt");
    }

    @Test
    void authenticate_withoutClientIdParameter_leavesItOut() throws Exception {
        AuthenticationParameters parameters = PrivateKeyJwt.of(KEY).authenticate(CONTEXT.withoutClientIdParameter());

        assertThat(parameters.parameters()).doesNotContainKey("client_id");
    }

    /** the profile of SMART and Redox; integers in seconds. */
    @Test
    void authenticate_tokenEndpointProfile_sendsItsClaims() throws Exception {
        SentAssertion assertion = SentAssertion.by(KEY);

        assertThat(assertion.header())
                .containsExactlyInAnyOrderEntriesOf(Map.of("alg", "ES256", "typ", "JWT", "kid", "key-1"));
        assertThat(assertion.claims())
                .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti")
                .containsEntry("iss", "client-1")
                .containsEntry("sub", "client-1")
                .containsEntry("aud", "https://auth.example.com/token")
                .containsEntry("iat", NOW.getEpochSecond())
                .containsEntry("exp", NOW.getEpochSecond() + 60);
        assertThat(payload(assertion)).contains("\"iat\":" + NOW.getEpochSecond() + ",");
    }

    /** the issuer as the sole audience, as a string, never the token endpoint. */
    @Test
    void authenticate_issuerProfile_sendsTheIssuerAsString() throws Exception {
        SentAssertion assertion = SentAssertion.by(KEY, CONTEXT.withIssuer("https://auth.example.com"));

        assertThat(assertion.header()).containsEntry("typ", "client-authentication+jwt");
        assertThat(payload(assertion)).contains("\"aud\":\"https://auth.example.com\"");
    }

    @Test
    void authenticate_changedProfile_sendsWhatItSays() throws Exception {
        X509Certificate certificate = KeyForms.certificate(P_256);
        AssertionProfile profile = AssertionProfile.tokenEndpoint()
                .withAudience("urn:other")
                .withType("at+jwt")
                .withLifetime(Duration.ofSeconds(299))
                .withClaim("purposeId", "p-1")
                .withJwksUrl("https://client.example.com/jwks.json")
                .withCertificateThumbprint();

        SentAssertion assertion = SentAssertion.by(KEY.withCertificate(certificate), CONTEXT.withProfile(profile));

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        assertThat(assertion.header())
                .containsEntry("typ", "at+jwt")
                .containsEntry("jku", "https://client.example.com/jwks.json")
                .containsEntry(
                        "x5t#S256", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        assertThat(assertion.claims())
                .containsEntry("aud", "urn:other")
                .containsEntry("purposeId", "p-1")
                .containsEntry("exp", NOW.getEpochSecond() + 299);
        assertThat(assertion.verifiesWith(P_256.getPublic())).isTrue();
    }

    @Test
    void authenticate_forEvents_showsHeaderAndClaimsWithoutSignature() throws Exception {
        AuthenticationParameters parameters = PrivateKeyJwt.of(KEY).authenticate(CONTEXT);
        SentAssertion sent = SentAssertion.of(parameters);

        assertThat(parameters.assertionHeader()).isEqualTo(sent.header());
        assertThat(parameters.assertionClaims()).isEqualTo(sent.claims());
        assertThat(parameters.toString()).doesNotContain(sent.compact().substring(0, 10), "client-1");
        assertThatThrownBy(() -> parameters.assertionClaims().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> parameters.parameters().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** R and S side by side, 96 octets for P-384. */
    @Test
    void authenticate_es384_signsWith96Octets() throws Exception {
        for (int round = 0; round < 20; round++) {
            assertThat(SentAssertion.by(SigningKey.of(P_384)).signature()).hasSize(96);
        }
    }

    /** no repeated {@code jti}, each of 160 bits, from 64 threads that share one object. */
    @Test
    void authenticate_manyThreads_neverRepeatsAnId() throws Exception {
        PrivateKeyJwt method = PrivateKeyJwt.of(KEY);
        ClientSecretJwt secret = ClientSecretJwt.of("a secret of some length, not too short");
        Set<String> ids = ConcurrentHashMap.newKeySet();
        CyclicBarrier start = new CyclicBarrier(64);
        Callable<Boolean> work = () -> {
            start.await();
            boolean verified = true;
            for (int i = 0; i < 1600; i++) {
                // Most by HMAC, so that it ends in seconds.
                AuthenticationParameters parameters =
                        i % 200 == 0 ? method.authenticate(CONTEXT) : secret.authenticate(CONTEXT);
                ids.add((String) parameters.assertionClaims().get("jti"));
                verified &= i % 200 != 0 || SentAssertion.of(parameters).verifiesWith(P_256.getPublic());
            }
            return verified;
        };

        List<Boolean> verified = inParallel(work);

        assertThat(verified).hasSize(64).containsOnly(true);
        assertThat(ids).hasSize(64 * 1600);
        assertThat(ids).allMatch(id -> Base64.getUrlDecoder().decode(id).length == 20);
    }

    @Test
    void authenticate_severalKeys_signsWithTheLatestThatIsActive() throws Exception {
        SigningKey old = SigningKey.of(P_256).withKeyId("old");
        SigningKey next = SigningKey.of(P_384).withKeyId("next").withActiveFrom(NOW.plusSeconds(60));
        PrivateKeyJwt method = PrivateKeyJwt.of(List.of(old, next));

        assertThat(keyIdAt(method, NOW)).isEqualTo("old");
        assertThat(keyIdAt(method, NOW.plusSeconds(60).minusNanos(1))).isEqualTo("old");
        assertThat(keyIdAt(method, NOW.plusSeconds(60))).isEqualTo("next");
        assertThat(method.keyAt(NOW)).contains(old);
        assertThat(method.keys()).containsExactly(next, old);
        method.check(CONTEXT);
    }

    @Test
    void check_noKeyActive_isRefused() {
        PrivateKeyJwt method = PrivateKeyJwt.of(KEY.withActiveFrom(NOW.plusSeconds(1)));

        assertThatThrownBy(() -> method.check(CONTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NOW.plusSeconds(1).toString())
                .hasMessageContaining("withActiveFrom");
        assertThatThrownBy(() -> method.authenticate(CONTEXT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void of_noKeyOrTwoFromTheSameTime_isRefused() {
        assertThatThrownBy(() -> PrivateKeyJwt.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> PrivateKeyJwt.of(List.of(KEY, SigningKey.of(P_384))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same time")
                .hasMessageContaining("withActiveFrom");
    }

    /** V-30: a signature that a fault has spoilt is not sent. */
    @Test
    void authenticate_faultySignature_isNotSent() {
        KeyPair faulty = new KeyPair(RSA.getPublic(), HiddenKeys.faultyRsa(RSA));
        PrivateKeyJwt method = PrivateKeyJwt.of(SigningKey.of(faulty));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> method.authenticate(CONTEXT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not verify")
                    .hasMessageContaining("not sent");
        }
    }

    @Test
    void authenticate_keyWithoutPublicPart_signsUnchecked() throws Exception {
        SigningKey key = SigningKey.of(HiddenKeys.rsaWithoutPublicPart(RSA));

        assertThat(SentAssertion.by(key).verifiesWith(RSA.getPublic())).isTrue();
    }

    @Test
    void authenticate_keyThatNobodyCanUse_failsAsIo() {
        SigningKey ec = SigningKey.of(new KeyPair(P_384.getPublic(), HiddenKeys.of(P_384.getPrivate())));
        SigningKey edwards = SigningKey.of(new KeyPair(
                KeyForms.ed25519().getPublic(), HiddenKeys.of(KeyForms.ed25519().getPrivate())));

        for (SigningKey key : List.of(ec, edwards)) {
            assertThatThrownBy(() -> PrivateKeyJwt.of(key).authenticate(CONTEXT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(key.toString());
        }
    }

    @Test
    void withJcaProvider_signsThroughIt() throws Exception {
        Provider edwards = Signature.getInstance("Ed25519").getProvider();
        Provider rsa = Security.getProvider("SunRsaSign");
        KeyPair pair = KeyForms.ed25519();

        PrivateKeyJwt good = PrivateKeyJwt.of(SigningKey.of(pair)).withJcaProvider(edwards);
        PrivateKeyJwt bad = PrivateKeyJwt.of(SigningKey.of(pair)).withJcaProvider(rsa);
        PrivateKeyJwt badEc = PrivateKeyJwt.of(KEY).withJcaProvider(rsa);

        assertThat(SentAssertion.of(good.authenticate(CONTEXT)).verifiesWith(pair.getPublic()))
                .isTrue();
        assertThatThrownBy(() -> bad.authenticate(CONTEXT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> badEc.authenticate(CONTEXT)).isInstanceOf(IOException.class);
    }

    @Test
    void check_profileThatTheKeyCannotServe_isRefused() {
        PrivateKeyJwt method = PrivateKeyJwt.of(SigningKey.of(P_256));
        AssertionProfile profile = AssertionProfile.tokenEndpoint();

        assertCheck(method, profile.withAlgorithms(JwsAlgorithm.RS384, JwsAlgorithm.ES384), "ES256", "RS384, ES384");
        assertCheck(method, profile.withKeyIdRequired(), "no key id", "withKeyId");
        assertCheck(method, profile.withCertificateThumbprint(), "no certificate", "withCertificate");
        assertCheck(method, AssertionProfile.issuer(), "none is set", "issuer(…)");
        assertThatThrownBy(() -> method.authenticate(CONTEXT.withProfile(AssertionProfile.issuer())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> method.authenticate(CONTEXT.withProfile(profile.withCertificateThumbprint())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void check_profileThatTheKeyServes_passes() {
        SigningKey key = KEY.withCertificate(KeyForms.certificate(P_256));
        AssertionProfile profile = AssertionProfile.issuer()
                .withAlgorithms(JwsAlgorithm.ES256)
                .withKeyIdRequired()
                .withCertificateThumbprint();

        PrivateKeyJwt.of(key).check(CONTEXT.withProfile(profile).withIssuer("https://auth.example.com"));
        PrivateKeyJwt.of(key)
                .check(CONTEXT.withProfile(AssertionProfile.issuer().withAudience("urn:a")));
    }

    @Test
    void toString_namesTheKeysOnly() {
        assertThat(PrivateKeyJwt.of(KEY)).hasToString("PrivateKeyJwt[SigningKey[kid=key-1, alg=ES256, kind=P-256]]");
    }

    private static void assertCheck(PrivateKeyJwt method, AssertionProfile profile, String... expected) {
        assertThatThrownBy(() -> method.check(CONTEXT.withProfile(profile)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(expected));
    }

    private static String keyIdAt(PrivateKeyJwt method, Instant time) throws Exception {
        return (String) SentAssertion.of(method.authenticate(CONTEXT.withNow(time)))
                .header()
                .get("kid");
    }

    private static String payload(SentAssertion assertion) {
        byte[] payload = Base64.getUrlDecoder().decode(assertion.compact().split("\\.", -1)[1]);
        return new String(payload, UTF_8);
    }

    private static <T> List<T> inParallel(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                futures.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
