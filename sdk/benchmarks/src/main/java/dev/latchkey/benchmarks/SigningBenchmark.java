package dev.latchkey.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.PrivateKeyJwt;
import dev.latchkey.clientauth.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole client assertion, beside the bare signature of as many octets with the same key and provider. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {
    private static final String CLIENT = "client";
    private static final String ENDPOINT = "https://auth.example.com/oauth2/token";

    @Param({"RS384", "ES384"})
    String algorithm;

    @Param({"JDK", "Corretto"})
    String provider;

    private byte[] octets;
    private Signature raw;
    private PrivateKeyJwt latchkey;
    private AuthenticationContext context;
    private JWSSigner nimbus;
    private JWSHeader header;

    @Setup
    public void makeKey() throws Exception {
        boolean rsa = algorithm.equals("RS384");
        KeyPair pair = pair(rsa);
        Provider jca = jca();
        octets = "x".repeat(400).getBytes(StandardCharsets.US_ASCII);
        String name = rsa ? "SHA384withRSA" : "SHA384withECDSAinP1363Format";
        raw = jca == null ? Signature.getInstance(name) : Signature.getInstance(name, jca);
        raw.initSign(pair.getPrivate());
        latchkey = PrivateKeyJwt.of(SigningKey.of(pair).withKeyId("key-1"));
        latchkey = jca == null ? latchkey : latchkey.withJcaProvider(jca);
        context = AuthenticationContext.of(CLIENT, ENDPOINT, Instant.now());
        nimbus = rsa ? new RSASSASigner(pair.getPrivate()) : new ECDSASigner((ECPrivateKey) pair.getPrivate());
        if (jca != null) {
            nimbus.getJCAContext().setProvider(jca);
        }
        header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .keyID("key-1")
                .build();
    }

    private static KeyPair pair(boolean rsa) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        if (rsa) {
            generator.initialize(2048);
        } else {
            generator.initialize(new ECGenParameterSpec("secp384r1"));
        }
        return generator.generateKeyPair();
    }

    private Provider jca() {
        return provider.equals("JDK") ? null : AmazonCorrettoCryptoProvider.INSTANCE;
    }

    @Benchmark
    public byte[] rawJca() throws GeneralSecurityException {
        raw.update(octets);
        return raw.sign();
    }

    @Benchmark
    public Object latchkey() throws Exception {
        return latchkey.authenticate(context.withNow(Instant.now()));
    }

    @Benchmark
    public String nimbus() throws Exception {
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                header,
                new JWTClaimsSet.Builder()
                        .issuer(CLIENT)
                        .subject(CLIENT)
                        .audience(ENDPOINT)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .build());
        jwt.sign(nimbus);
        return jwt.serialize();
    }
}
