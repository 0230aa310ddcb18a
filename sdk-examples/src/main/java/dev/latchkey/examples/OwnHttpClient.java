package dev.latchkey.examples;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** A network with a proxy and certificates of its own: one client of yours carries token requests and API calls. */
public final class OwnHttpClient {
    private OwnHttpClient() {}

    /**
     * Sends token requests through a client of yours. They take its proxy, trust store, DNS and connections; its
     * interceptors, cookies and cache stay out, since a token request carries credentials.
     *
     * @param base the client of your company's network
     * @param tokenEndpoint the URL of the token endpoint
     * @param clientSecret the secret
     * @return a token manager
     */
    public static TokenManager tokens(OkHttpClient base, String tokenEndpoint, String clientSecret) {
        return TokenManager.builder(tokenEndpoint)
                .clientId("my-client")
                .clientSecret(clientSecret)
                .httpClient(base)
                .build();
    }

    /**
     * Adds the interceptor to a client of yours, which keeps all it has.
     *
     * @param base the client of your company's network
     * @param tokens a token manager
     * @return the client for API calls; both share connections and threads
     */
    public static OkHttpClient api(OkHttpClient base, TokenManager tokens) {
        return OAuthInterceptor.of(tokens).applyTo(base.newBuilder()).build();
    }

    /**
     * Makes a client that goes through a proxy and trusts the certificates of a file.
     *
     * @param proxies picks the proxy, such as {@code ProxySelector.of(new InetSocketAddress("proxy.example.com", 8080))}
     * @param trustStore a PKCS#12 or JKS file with the certificates to trust
     * @param password the password of the file
     * @return the client
     * @throws IOException if the file cannot be read, or the password is wrong
     * @throws GeneralSecurityException if the file holds no certificates to trust
     */
    public static OkHttpClient base(ProxySelector proxies, Path trustStore, char[] password)
            throws IOException, GeneralSecurityException {
        X509TrustManager trust = trusting(trustStore, password);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trust}, null);
        return new OkHttpClient.Builder()
                .proxySelector(proxies)
                .sslSocketFactory(tls.getSocketFactory(), trust)
                .build();
    }

    private static X509TrustManager trusting(Path trustStore, char[] password)
            throws IOException, GeneralSecurityException {
        KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(trustStore)) {
            certificates.load(in, password);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("No X.509 trust manager on this JDK."));
    }
}
