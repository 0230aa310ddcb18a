package dev.latchkey.testing;

import java.util.List;
import java.util.Objects;

/**
 * An API in the same process, on the loopback interface, that takes the access tokens of a
 * {@link FakeAuthorizationServer}.
 *
 * <p>A good token gets {@code 200 {"ok":true,"path":…}} at every path. No token: 401 with a bare challenge. An unknown,
 * expired or revoked one: 401 {@code invalid_token}. A missing scope: 403 {@code insufficient_scope}. Where headers are
 * required, an absent one is answered with 499 and a wrong one with 498, before the token is looked at.
 *
 * <pre>{@code
 * try (FakeApi api = FakeApi.start(server)) {
 *     Response response = client.newCall(new Request.Builder().url(api.url("/patients")).build()).execute();
 *     assertThat(response.code()).isEqualTo(200);
 *     assertThat(api.requests().get(0).bearerToken()).hasValueSatisfying(server::isActive);
 * }
 * }</pre>
 *
 * <p>All settings may be changed while the API runs and hold from the next request on.
 *
 * <p>Thread-safety: safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750, Bearer Token Usage</a>
 */
public final class FakeApi extends ScriptedServer {

    private final FakeApiRules rules;
    private final ApiSite site;

    private FakeApi(FakeApiRules rules) {
        super(Host.start(null));
        this.rules = rules;
        this.site = new ApiSite(rules, reply -> reply);
        host().serve(site);
    }

    /**
     * {@return a running API over plain http}
     *
     * @param server whose tokens it takes; closing either leaves the other running
     */
    public static FakeApi start(FakeAuthorizationServer server) {
        return new FakeApi(new FakeApiRules(server.accessTokens()));
    }

    /** {@return scheme, host and port, such as {@code http://127.0.0.1:4712}} */
    public String origin() {
        return host().origin();
    }

    /**
     * {@return an address of this API}
     *
     * @param path the path and query, with or without the leading slash
     */
    public String url(String path) {
        return host().resolve(Objects.requireNonNull(path, "path")).toString();
    }

    /**
     * Demands a header on every request; call it again for a second one.
     *
     * <p>Absent: status 499 and {@code {"message":"Token Required"}}. Wrong: status 498 and
     * {@code {"message":"Invalid Token"}}.
     *
     * @param name the header's name, such as {@code x-client-key}
     * @param value the value it must have
     */
    public void requireHeader(String name, String value) {
        rules.requireHeader(Checks.notBlank(name, "name"), Objects.requireNonNull(value, "value"));
    }

    /**
     * Demands a scope of every token.
     *
     * @param scope the scope, empty for none. Default: none
     */
    public void requireScope(String scope) {
        rules.requireScope(Objects.requireNonNull(scope, "scope"));
    }

    /** {@return how many requests arrived, counted on the wire} */
    public int requestCount() {
        return site.requests().size();
    }

    /** {@return the requests in the order of arrival, held ones included} */
    public List<RecordedApiRequest> requests() {
        return site.requests();
    }

    /** {@return the origin and the number of requests, no secret} */
    @Override
    public String toString() {
        return "FakeApi[" + origin() + ", " + requestCount() + " requests]";
    }
}
