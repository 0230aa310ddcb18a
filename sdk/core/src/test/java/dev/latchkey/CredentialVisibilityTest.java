package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.OAuthException;
import dev.latchkey.testing.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** V-05, V-07, R-12: credentials are put on at the last moment and seen by nobody further out. */
@Timeout(20)
class CredentialVisibilityTest {
    @TempDir
    Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static void assertClean(World world, String text) {
        assertThat(world.server.issuedTokens()).isNotEmpty();
        world.server.issuedTokens().forEach(token -> assertThat(text).doesNotContain(token));
        assertThat(text).doesNotContain(World.CLIENT_KEY);
    }

    /** All but the request in {@code networkResponse()}, which is what was sent. */
    private static String printed(Response response) {
        StringBuilder text = new StringBuilder();
        for (Response each = response; each != null; each = each.priorResponse()) {
            text.append(each).append(each.headers()).append(each.networkResponse());
            text.append(each.request()).append(each.request().headers());
            if (each.cacheResponse() != null) {
                text.append(each.cacheResponse().request())
                        .append(each.cacheResponse().request().headers());
            }
        }
        return text.toString();
    }

    @Test
    void response_ofEveryKind_holdsNoCredential() throws Exception {
        Interceptor outside = chain -> {
            Response response = chain.proceed(chain.request());
            seen.add(printed(response));
            return response;
        };
        try (World world = new World(m -> m, http -> http.addInterceptor(outside))) {
            world.tokens.token();
            world.server.revokeAll();
            world.api.next(Answer.redirect(302, "/there"));
            world.api.next(Answer.normal());
            world.api.next(Answer.redirect(302, "/there"));
            Request request =
                    world.request("/here").tag(TokenSource.class, world.tokens).build();
            try (Response response = world.client.newCall(request).execute()) {
                seen.add(printed(response));
                seen.add(request.toString());
            }

            assertThat(world.api.requestCount()).isEqualTo(4);
            assertThat(seen).hasSize(3);
            seen.forEach(text -> assertClean(world, text));
        }
    }

    @Test
    void interceptorsBetween_seeNoCredential() throws Exception {
        Interceptor recording = chain -> {
            seen.add(chain.request() + " " + chain.request().headers());
            return chain.proceed(chain.request());
        };
        try (World world =
                new World(m -> m, http -> http.addInterceptor(recording).addNetworkInterceptor(recording))) {
            var client = world.client.newBuilder().addInterceptor(recording).build();
            try (Response response = client.newCall(world.request("/").build()).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }

            assertThat(seen).hasSize(3);
            seen.forEach(text -> assertClean(world, text));
        }
    }

    @Test
    void diskCache_searchedByteForByte_holdsNoCredential() throws Exception {
        try (Cache cache = new Cache(folder.toFile(), 10_000_000);
                World world = new World(m -> m, http -> http.cache(cache))) {
            for (String vary : List.of("Authorization", "authorization, X-Client-Key", "Accept", "")) {
                Answer cacheable = Answer.json(200, "{}").header("Cache-Control", "max-age=3600");
                world.api.always(vary.isEmpty() ? cacheable : cacheable.header("Vary", vary));
                world.status("/v" + vary.length());
                world.status("/v" + vary.length());
            }
            cache.flush();

            assertThat(cache.hitCount()).as("cached at all").isGreaterThanOrEqualTo(2);
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> all = files.filter(Files::isRegularFile).toList();
                assertThat(all).hasSizeGreaterThan(3);
                for (Path file : all) {
                    assertClean(world, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    @Test
    void cache_answerThatVariesWithTheToken_isNeverGivenToAnother() throws Exception {
        // V-20: our header is not in the request that the cache compares, so it would take two users for one.
        try (Cache cache = new Cache(folder.toFile(), 10_000_000);
                World world = new World(m -> m, http -> http.cache(cache))) {
            for (String vary : List.of("Authorization", "accept, AUTHORIZATION", "x-client-key", "*")) {
                int before = world.api.requestCount();
                world.api.always(Answer.text(200, "private")
                        .header("Cache-Control", "max-age=3600")
                        .header("Vary", vary));
                String path = "/me" + vary.length();
                world.status(world.request(path)
                        .tag(TokenSource.class, world.tokens.scope("user-1"))
                        .build());
                world.status(world.request(path)
                        .tag(TokenSource.class, world.tokens.scope("user-2"))
                        .build());

                assertThat(world.api.requestCount() - before).as(vary).isEqualTo(2);
            }
        }
    }

    @Test
    void cache_answersForUsers_areNotKept() throws Exception {
        // V-21: to the cache, one URL is one answer, whoever asks.
        try (Cache cache = new Cache(folder.toFile(), 10_000_000);
                World world = new World(m -> m, http -> http.cache(cache))) {
            world.api.always(Answer.text(200, "private").header("Cache-Control", "max-age=3600"));
            for (String user : List.of("user-1", "user-2", "user-2")) {
                world.status(world.request("/me")
                        .tag(TokenSource.class, world.tokens.scope(user))
                        .build());
            }
            assertThat(world.api.requestCount()).isEqualTo(3);
            world.status("/me");
            assertThat(world.api.requestCount()).isEqualTo(4);
        }
    }

    @Test
    void cache_freshAnswer_isServedWithoutTheNetwork() throws Exception {
        try (Cache cache = new Cache(folder.toFile(), 10_000_000);
                World world = new World(m -> m, http -> http.cache(cache))) {
            world.api.always(Answer.json(200, "{}")
                    .header("Cache-Control", "max-age=3600")
                    .header("ETag", "\"1\""));
            world.status("/c");
            world.status("/c");
            assertThat(world.api.requestCount()).isEqualTo(1);

            world.api.always(Answer.status(304).header("ETag", "\"1\""));
            world.status(
                    world.request("/c").header("Cache-Control", "max-age=0").build());
            assertThat(world.api.requestCount()).isEqualTo(2);
            assertThat(world.api.requests().get(1).bearerToken()).contains(world.tokenValue());
        }
    }

    @Test
    void exceptions_ofEveryKind_printNoCredential() throws Exception {
        EventListener listener = new EventListener() {
            @Override
            public void callFailed(Call call, IOException e) {
                seen.add(printed(e));
            }

            @Override
            public void requestFailed(Call call, IOException e) {
                seen.add(printed(e));
            }

            @Override
            public void responseFailed(Call call, IOException e) {
                seen.add(printed(e));
            }
        };
        try (World world = new World(m -> m, http -> http.eventListener(listener))) {
            String token = world.tokenValue();
            List<Answer> answers = new ArrayList<>();
            answers.add(Answer.json(400, "{\"message\":\"you sent " + token + " and " + World.CLIENT_KEY + "\"}"));
            answers.add(Answer.text(500, "Authorization: Bearer " + token + "\nx-client-key: " + World.CLIENT_KEY));
            answers.add(Answer.status(403).header("WWW-Authenticate", "Bearer error_description=\"" + token + "\""));
            answers.add(Answer.status(404).header("x-request-id", token));
            answers.add(Answer.disconnectAfterRequest());
            answers.add(Answer.truncated());
            for (Answer answer : answers) {
                world.api.always(answer);
                assertThatThrownBy(() -> {
                            try (Response response = world.call("/").execute()) {
                                response.body().string();
                            }
                        })
                        .satisfies(e -> assertClean(world, printed(e)))
                        .satisfies(e -> assertClean(world, details(e)));
                world.api.recover();
            }
            seen.forEach(text -> assertClean(world, text));
            assertThat(seen).isNotEmpty();
        }
    }

    @Test
    void manager_printed_showsNoSecret() throws Exception {
        try (World world = new World()) {
            String text = world.tokens + " " + world.tokens.token() + " " + world.tokens.provider() + " "
                    + world.tokens.scope("x") + " " + world.events.of(dev.latchkey.event.TokenEvent.class);
            assertClean(world, text);
            Call call = world.call("/");
            assertThat(Map.of("k", Credentials.carriedBy(call, world.tokens.token()))
                            .toString())
                    .isEqualTo("{k=*****}");
        }
    }

    private static String printed(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String details(Throwable e) {
        return e instanceof OAuthException known
                ? known.details() + " " + known.details().members()
                        + known.details().bodyExcerpt() + known.details().description()
                        + known.details().challenges() + known.requestId()
                : "";
    }
}
