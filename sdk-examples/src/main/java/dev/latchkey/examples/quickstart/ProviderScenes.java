package dev.latchkey.examples.quickstart;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.OAuthException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.examples.quickstart.SimulatedProvider.Person;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.RecordedApiRequest;
import dev.latchkey.testing.RecordedTokenRequest;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The scenes between one provider and one client, the same for all providers; each claim is the provider's own. */
final class ProviderScenes {
    private final Page page;
    private final Facts facts;
    private final Claims claims;
    private final EventLog events;
    private final SimulatedProvider provider;
    private final TokenManager tokens;
    private final OkHttpClient client;

    ProviderScenes(SimulatedProvider provider, TokenManager tokens, EventLog events, Page page, Claims claims) {
        this.page = page;
        this.facts = new Facts(page);
        this.claims = claims;
        this.events = events;
        this.provider = provider;
        this.tokens = tokens;
        this.client =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
    }

    void run() throws IOException {
        TokenSource source =
                provider.hasOwnTokens() ? ownToken() : person(provider.people().get(0));
        calls(source);
        if (provider.hasOwnTokens()) {
            for (Person person : provider.people()) {
                person(person);
            }
        }
        revoked(source);
        for (String id : provider.particulars().errors()) {
            error(provider.error(id), source);
        }
        balance();
    }

    private TokenSource ownToken() throws IOException {
        token(tokens);
        return tokens;
    }

    private TokenSource person(Person person) throws IOException {
        page.section("A person has signed in, and the manager takes the refresh token over");
        page.row("the line", "tokens.adopt(userId, RefreshToken.of(refreshToken))");
        String refreshToken = person.signIn().apply("user-1");
        int before = requestCount();
        TokenSource user = tokens.adopt("user-1", RefreshToken.of(refreshToken));
        claims.check("GET " + person.path(), 200, get(user, person.path()));
        claims.check("token requests for it", 1, requestCount() - before);
        claims.check(
                "that refresh token now",
                person.afterUse(),
                provider.simulator().isActive(refreshToken) ? "still good" : "spent");
        if (!provider.hasOwnTokens()) {
            token(user);
        }
        return user;
    }

    private void token(TokenSource source) throws IOException {
        AccessToken token = source.token();
        TokenRequestSent sent = events.last(TokenRequestSent.class);
        if (!sent.assertionHeader().isEmpty()) {
            facts.assertion(sent);
        }
        facts.tokenRequest(sent);
        page.section("What arrived at " + provider.provider().name());
        RecordedTokenRequest arrived = last(provider.simulator().tokenRequests());
        provider.particulars()
                .tokenRequest()
                .forEach(item -> claims.check(item.name(), item.value(), found(item.name(), arrived, sent)));
        facts.token(token, events.last(TokenIssued.class));
        claims.check("good at the API", "yes", provider.simulator().isActive(token.value()) ? "yes" : "no");
    }

    private void calls(TokenSource source) throws IOException {
        page.section("Three API calls, and what each carries");
        int before = requestCount();
        String path = provider.particulars().path();
        for (int call = 0; call < 3; call++) {
            claims.check("GET " + path, 200, get(source, path));
        }
        claims.check("token requests for them", 0, requestCount() - before);
        RecordedApiRequest arrived = last(provider.simulator().apiRequests());
        provider.particulars()
                .call()
                .forEach(item -> claims.check(
                        item.name(),
                        item.value(),
                        arrived.header(item.name()).map(this::masked).orElse(Particulars.ABSENT)));
    }

    private void revoked(TokenSource source) throws IOException {
        page.section("Revoked by the provider, healed by one replay");
        int requests = requestCount();
        int calls = provider.simulator().apiRequestCount();
        provider.simulator().revokeAll();
        claims.check(
                "GET " + provider.particulars().path(),
                200,
                get(source, provider.particulars().path()));
        claims.check("the API answered", "401, then 200", statusesSince(calls));
        claims.check("token requests for it", 1, requestCount() - requests);
    }

    private void error(DocumentedError error, TokenSource source) throws IOException {
        page.section("A documented error: " + error.id());
        page.row("answer", (error.status() + "  " + error.body()).strip());
        provider.simulator().nextError(error.id());
        try {
            if (error.endpoint().equals("api")) {
                get(source, provider.particulars().path());
            } else {
                newToken();
            }
            claims.check("thrown", error.exception(), "nothing");
        } catch (OAuthException e) {
            claims.check("thrown", error.exception(), e.getClass().getSimpleName());
            facts.error(e);
            claims.check("the remedy names", joined(error.remedyNames().stream()), joined(named(error, e)));
        }
    }

    /** By a manager of its own, since the other has a good token. */
    private void newToken() throws IOException {
        try (TokenManager other = provider.manager(events)) {
            TokenSource source = other;
            if (!provider.hasOwnTokens()) {
                String refreshToken = provider.people().get(0).signIn().apply("user-2");
                source = other.adopt("user-2", RefreshToken.of(refreshToken));
            }
            source.token();
        }
    }

    private void balance() {
        page.section("The books of the simulator");
        claims.check("token requests", events.count(TokenRequestSent.class), requestCount());
        claims.check("assertions used twice", 0, provider.simulator().repeatedJtiCount());
        List<String> misuse = provider.simulator().violations();
        claims.check("breaches of protocol", "none", misuse.isEmpty() ? "none" : String.join("; ", misuse));
    }

    private int get(TokenSource source, String path) throws IOException {
        Request request = new Request.Builder()
                .url(provider.simulator().baseUrl() + path)
                .tag(TokenSource.class, source)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    private int requestCount() {
        return provider.simulator().tokenRequestCount();
    }

    private String statusesSince(int calls) {
        return provider.simulator().apiRequests().stream()
                .skip(calls)
                .map(RecordedApiRequest::status)
                .map(String::valueOf)
                .collect(Collectors.joining(", then "));
    }

    private String masked(String header) {
        String shown = header;
        for (String token : provider.simulator().issuedTokens()) {
            shown = shown.replace(token, "*****");
        }
        return shown;
    }

    /** A header as it arrived; a parameter or a member of the assertion as the event has it, where secrets are masked. */
    private static String found(String name, RecordedTokenRequest arrived, TokenRequestSent sent) {
        Optional<String> header = arrived.header(name);
        return header.orElseGet(
                () -> Stream.<Map<String, ?>>of(sent.parameters(), sent.assertionHeader(), sent.assertionClaims())
                        .map(members -> members.get(name))
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .findFirst()
                        .orElse(Particulars.ABSENT));
    }

    private static Stream<String> named(DocumentedError error, OAuthException e) {
        return error.remedyNames().stream().filter(e.remedy()::contains);
    }

    private static String joined(Stream<String> names) {
        return names.collect(Collectors.joining("; "));
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
