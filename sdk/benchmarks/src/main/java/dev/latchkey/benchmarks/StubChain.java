package dev.latchkey.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Address;
import okhttp3.Authenticator;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.CertificatePinner;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/** What stands below an interceptor, without a network: another interceptor, or an answer that is there already. */
final class StubChain implements Interceptor.Chain {
    private final Request request;
    private final Call call;
    private final Connection connection;
    private final Below below;

    /** What an interceptor hands its request to. */
    interface Below {
        Response proceed(Request request, Call call) throws IOException;
    }

    private StubChain(Request request, Call call, Connection connection, Below below) {
        this.request = request;
        this.call = call;
        this.connection = connection;
        this.below = below;
    }

    /** Where a call begins. */
    static StubChain ofCall(Request request, Call call, Below below) {
        return new StubChain(request, call, null, below);
    }

    /** Where a hop leaves. */
    static StubChain ofHop(Request request, Call call, Connection connection, Below below) {
        return new StubChain(request, call, connection, below);
    }

    /** A connection that leads nowhere. */
    static Connection nowhere() {
        Address address = new Address(
                "api.example.com",
                443,
                Dns.SYSTEM,
                SocketFactory.getDefault(),
                null,
                null,
                null,
                Authenticator.NONE,
                null,
                List.of(Protocol.HTTP_1_1),
                List.of(ConnectionSpec.CLEARTEXT),
                ProxySelector.getDefault());
        Route route = new Route(address, Proxy.NO_PROXY, InetSocketAddress.createUnresolved("api.example.com", 443));
        return new Connection() {
            @Override
            public Route route() {
                return route;
            }

            @Override
            public Socket socket() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Handshake handshake() {
                return null;
            }

            @Override
            public Protocol protocol() {
                return Protocol.HTTP_1_1;
            }
        };
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Response proceed(Request next) throws IOException {
        return below.proceed(next, call);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public int connectTimeoutMillis() {
        return 0;
    }

    @Override
    public int readTimeoutMillis() {
        return 0;
    }

    @Override
    public int writeTimeoutMillis() {
        return 0;
    }

    @Override
    public Interceptor.Chain withConnectTimeout(int timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withReadTimeout(int timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withWriteTimeout(int timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withDns(Dns dns) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withSocketFactory(SocketFactory factory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withRetryOnConnectionFailure(boolean retry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withAuthenticator(Authenticator authenticator) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withCookieJar(CookieJar cookies) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withCache(Cache cache) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withProxy(Proxy proxy) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withProxySelector(ProxySelector selector) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withProxyAuthenticator(Authenticator authenticator) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withSslSocketFactory(SSLSocketFactory factory, X509TrustManager manager) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withCertificatePinner(CertificatePinner pinner) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Interceptor.Chain withConnectionPool(ConnectionPool pool) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getFollowSslRedirects() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getFollowRedirects() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRetryOnConnectionFailure() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Dns getDns() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketFactory getSocketFactory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Authenticator getAuthenticator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CookieJar getCookieJar() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cache getCache() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Proxy getProxy() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProxySelector getProxySelector() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Authenticator getProxyAuthenticator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLSocketFactory getSslSocketFactoryOrNull() {
        throw new UnsupportedOperationException();
    }

    @Override
    public X509TrustManager getX509TrustManagerOrNull() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HostnameVerifier getHostnameVerifier() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CertificatePinner getCertificatePinner() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionPool getConnectionPool() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventListener getEventListener() {
        throw new UnsupportedOperationException();
    }
}
