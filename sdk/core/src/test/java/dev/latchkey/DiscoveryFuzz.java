package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.fuzz.Promise;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.provider.ProviderMetadata;
import dev.latchkey.provider.SmartBackendServices;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A metadata document of RFC 8414, OpenID Connect or SMART, as a server may write it. */
public final class DiscoveryFuzz {
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final List<Kind> KINDS = List.of(
            Kind.of(ProviderMetadata.ofIssuer("https://auth.example.com")),
            Kind.of(SmartBackendServices.at("https://fhir.example.com")));
    private static final RequestFacts FACTS = Answers.facts().build();

    private DiscoveryFuzz() {}

    public static void read(byte[] document) {
        HttpAnswer answer = HttpAnswer.of(200, Map.of(), document, Answers.NOW);
        for (Kind kind : KINDS) {
            Promise.holds(OAuthException.class, () -> kind.discovery().provider(kind.url(), answer, FACTS));
        }
    }

    private record Kind(Discovery discovery, HttpUrl url) {
        static Kind of(ProviderMetadata metadata) {
            HttpUrl url = HttpUrl.get(metadata.urls().get(0));
            return new Kind(Discovery.of(metadata).withHttpClient(CLIENT), url);
        }
    }
}
