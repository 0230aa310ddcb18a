package dev.latchkey.provider;

import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.clientauth.ClientSecretPost;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Where a server describes itself, and how a provider is made of that description. It does not fetch anything: that is what
 * {@code Discovery} of the package above does.
 *
 * <p>Thread-safety: immutable, as far as the reader is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414, Authorization Server Metadata</a>
 */
public final class ProviderMetadata {
    private final List<String> urls;
    private final Function<MetadataDocument, Provider> reader;

    private ProviderMetadata(List<String> urls, Function<MetadataDocument, Provider> reader) {
        this.urls = urls;
        this.reader = reader;
    }

    /**
     * Makes metadata of any kind.
     *
     * @param url where the document is: https, or http to loopback
     * @param reader makes the provider of it; throws {@link IllegalArgumentException} if it cannot
     * @return the metadata
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static ProviderMetadata of(String url, Function<MetadataDocument, Provider> reader) {
        return new ProviderMetadata(List.of(Urls.checked("url", url)), Objects.requireNonNull(reader, "reader"));
    }

    /**
     * Takes the metadata of an authorization server (RFC 8414) or OpenID provider: first where the former puts them, the
     * well-known path before the path of the issuer, then where OpenID Connect Discovery does, after it. The issuer in the
     * document must be the one given here, letter by letter, or nothing of it is used.
     *
     * @param issuer the issuer identifier, from a source that is trusted
     * @return the metadata
     * @throws IllegalArgumentException if the URL cannot be used
     */
    public static ProviderMetadata ofIssuer(String issuer) {
        URI uri = URI.create(BaseUrl.of(issuer));
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        String path = Objects.requireNonNullElse(uri.getRawPath(), "");
        return new ProviderMetadata(
                List.of(
                        origin + "/.well-known/oauth-authorization-server" + path,
                        origin + path + "/.well-known/openid-configuration"),
                document -> ofIssuer(issuer, document));
    }

    private static Provider ofIssuer(String issuer, MetadataDocument document) {
        String named = document.text("issuer").orElse("absent");
        if (!named.equals(issuer)) {
            throw new IllegalArgumentException("issuer: is " + named + ", but " + issuer
                    + " was asked for; they must be identical, a slash at the end included");
        }
        Provider.Builder provider = Provider.builder(document.requiredUrl("token_endpoint"))
                .name(document.host())
                .issuer(issuer)
                .clientSecretAuthentication(secretAuthentication(document));
        endpoint(provider, document, Endpoint.AUTHORIZATION, "authorization_endpoint");
        endpoint(provider, document, Endpoint.REVOCATION, "revocation_endpoint");
        endpoint(provider, document, Endpoint.INTROSPECTION, "introspection_endpoint");
        endpoint(provider, document, Endpoint.USERINFO, "userinfo_endpoint");
        endpoint(provider, document, Endpoint.JWKS, "jwks_uri");
        return document.isTrue("authorization_response_iss_parameter_supported")
                ? provider.loginProfile(LoginProfile.standard().withIssuerInCallback())
                        .build()
                : provider.build();
    }

    private static void endpoint(Provider.Builder provider, MetadataDocument document, Endpoint endpoint, String name) {
        document.url(name).ifPresent(url -> provider.endpoint(endpoint, url));
    }

    /** Servers that say nothing take Basic (RFC 8414, section 2). */
    private static Function<String, ClientAuthentication> secretAuthentication(MetadataDocument document) {
        List<String> methods = document.texts("token_endpoint_auth_methods_supported");
        boolean postOnly = methods.contains("client_secret_post") && !methods.contains("client_secret_basic");
        return postOnly ? ClientSecretPost::of : ClientSecretBasic::of;
    }

    /** {@return where the document may be, in the order of asking} */
    public List<String> urls() {
        return urls;
    }

    /**
     * Makes the provider.
     *
     * @param document the document, as received from one of the addresses
     * @return the provider
     * @throws IllegalArgumentException if the document does not describe one that can be used
     */
    public Provider read(MetadataDocument document) {
        return reader.apply(Objects.requireNonNull(document, "document"));
    }

    @Override
    public String toString() {
        return "ProviderMetadata" + urls;
    }
}
