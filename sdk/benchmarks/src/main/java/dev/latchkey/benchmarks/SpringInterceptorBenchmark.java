package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.SpringPeer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;

/** Spring's own interceptor, on a request and an answer of Spring. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpringInterceptorBenchmark {
    private static final byte[] NOTHING = {};

    private StubEndpoint endpoint;
    private OAuth2ClientHttpRequestInterceptor interceptor;
    private final ClientHttpResponse answer = new Answer();

    @Setup
    public void open() throws IOException {
        endpoint = StubEndpoint.start();
        interceptor = new OAuth2ClientHttpRequestInterceptor(new SpringPeer(endpoint.uri()).manager());
        interceptor.setClientRegistrationIdResolver(request -> SpringPeer.REGISTRATION);
        intercept();
    }

    @Benchmark
    public ClientHttpResponse intercept() throws IOException {
        Call call = new Call(new HttpHeaders(), new HashMap<>());
        call.getHeaders().set("Accept", "application/json");
        call.getHeaders().set(InterceptorBenchmark.CLIENT_KEY, InterceptorBenchmark.KEY);
        return interceptor.intercept(call, NOTHING, (request, body) -> answer);
    }

    @TearDown
    public void close() {
        endpoint.close();
    }

    private record Call(HttpHeaders headers, Map<String, Object> attributes) implements HttpRequest {
        private static final URI ADDRESS = URI.create("https://api.example.com/v1/items/42");

        @Override
        public HttpMethod getMethod() {
            return HttpMethod.GET;
        }

        @Override
        public URI getURI() {
            return ADDRESS;
        }

        @Override
        public Map<String, Object> getAttributes() {
            return attributes;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }

    private static final class Answer implements ClientHttpResponse {
        private final HttpHeaders headers = new HttpHeaders();

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(200);
        }

        @Override
        public String getStatusText() {
            return "OK";
        }

        @Override
        public java.io.InputStream getBody() {
            return java.io.InputStream.nullInputStream();
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public void close() {}
    }
}
