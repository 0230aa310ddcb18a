package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.endpoint.TokenHttpClient;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.time.Time;
import dev.latchkey.provider.MetadataDocument;
import dev.latchkey.provider.Provider;
import dev.latchkey.provider.ProviderMetadata;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Fetches the document in which a server describes itself, and makes a provider of it. Once, when asked: keep the provider.
 *
 * <pre>{@code
 * Provider provider = Discovery.of(ProviderMetadata.ofIssuer("https://auth.example.com")).fetch();
 * }</pre>
 *
 * <p>No redirect is followed, at most 256 KiB are read, and no address of the document is called here.
 *
 * <p>Thread-safety: immutable; {@link #fetch()} blocks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414, section 3: Obtaining Authorization Server
 *     Metadata</a>
 */
public final class Discovery {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ProviderMetadata metadata;
    private final OkHttpClient httpClient;

    private Discovery(ProviderMetadata metadata, OkHttpClient httpClient) {
        this.metadata = metadata;
        this.httpClient = httpClient;
    }

    /**
     * Prepares a discovery, with a client of its own.
     *
     * @param metadata where the document is and how it is read
     * @return the discovery
     */
    public static Discovery of(ProviderMetadata metadata) {
        return new Discovery(Objects.requireNonNull(metadata, "metadata"), new OkHttpClient());
    }

    /**
     * Uses the proxy, the trust store, the DNS and the connections of a client; nothing else of it.
     *
     * @param client the client; it stays the caller's
     * @return a discovery with it
     */
    public Discovery withHttpClient(OkHttpClient client) {
        return new Discovery(metadata, Objects.requireNonNull(client, "client"));
    }

    /**
     * Fetches the document.
     *
     * @return the provider
     * @throws OAuthException if no document came, or it does not describe a server that can be used
     */
    public Provider fetch() throws OAuthException {
        var calls = new JsonCall(TokenHttpClient.derive(httpClient, TIMEOUT, () -> false), Time.system()::now);
        Iterator<String> urls = metadata.urls().iterator();
        while (true) {
            HttpUrl url = HttpUrl.get(urls.next());
            RequestFacts facts = RequestFacts.builder("GET", url.host() + url.encodedPath())
                    .attempt("Discovery")
                    .provider(url.host())
                    .build();
            HttpAnswer answer = calls.answer(new Request.Builder().url(url).build(), facts);
            boolean elsewhere = answer.status() >= 400 && answer.status() < 500 && urls.hasNext();
            if (!elsewhere) {
                return provider(url, answer, facts);
            }
        }
    }

    Provider provider(HttpUrl url, HttpAnswer answer, RequestFacts facts) throws OAuthException {
        var members = JsonCall.object(answer, facts).toMap(UnaryOperator.identity());
        try {
            return metadata.read(MetadataDocument.of(url.toString(), members));
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(
                    ErrorDetails.builder("Discovery", "the document cannot be used: " + e.getMessage())
                            .where(url.host() + url.encodedPath())
                            .status(answer.status())
                            .remedy(
                                    "Check that this is the address that the provider documents; nothing of the document was used.")
                            .build());
        }
    }

    @Override
    public String toString() {
        return "Discovery[" + metadata + "]";
    }
}
