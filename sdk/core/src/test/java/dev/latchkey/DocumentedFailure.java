package dev.latchkey;

import dev.latchkey.error.OAuthException;
import dev.latchkey.login.ApiModeSession;
import dev.latchkey.login.LoginRequest;
import dev.latchkey.login.LoginToken;
import dev.latchkey.login.PendingLogin;
import dev.latchkey.provider.Endpoint;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.FakeTime;
import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Has a provider's simulator answer a documented error, and gives what the caller catches. */
final class DocumentedFailure {
    private DocumentedFailure() {}

    static OAuthException of(DocumentedError row, FakeTime time) throws IOException {
        try (Simulated provider = Simulated.of(row, time);
                TokenManager tokens = provider.manager()
                        .clock(time)
                        .ticker(time)
                        .scheduler(time.scheduler())
                        .build()) {
            call(row, provider, tokens);
        } catch (OAuthException e) {
            return e;
        }
        throw new AssertionError(row + " was answered, and nothing was thrown");
    }

    private static void call(DocumentedError row, Simulated provider, TokenManager tokens) throws IOException {
        switch (row.endpoint()) {
            case "token" -> {
                provider.simulator().always(row.answer());
                provider.source(tokens).token();
            }
            case "refresh" -> {
                provider.simulator().always(row.answer());
                provider.user(tokens).token();
            }
            case "introspection" -> {
                provider.simulator().alwaysApi(row.answer());
                Introspection.of(tokens).introspect("token-in-question");
            }
            case "userinfo" -> {
                provider.simulator().alwaysApi(row.answer());
                get(provider.provider().endpoint(Endpoint.USERINFO).orElseThrow(), provider, tokens);
            }
            case "api" -> {
                provider.simulator().alwaysApi(row.answer());
                get(provider.simulator().baseUrl() + provider.path(), provider, tokens);
            }
            case "code" -> {
                PendingLogin pending = tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
                String callback = provider.agreed(pending.authorizationUrl());
                provider.simulator().always(row.answer());
                tokens.login().complete(pending, callback);
            }
            case "initiate" -> {
                provider.simulator().alwaysApi(row.answer());
                tokens.login().begin(LoginRequest.of(Simulated.CALLBACK));
            }
            case "login" -> {
                provider.simulator().alwaysApi(row.answer());
                tokens.apiModeLogin().login("a@example.com", "pass word");
            }
            case "authorize" -> {
                ApiModeSession session = tokens.apiModeLogin().begin(LoginRequest.of(Simulated.CALLBACK));
                provider.simulator().alwaysApi(row.answer());
                tokens.apiModeLogin().agree(session, LoginToken.of("login-token"));
            }
            default -> throw new AssertionError(row.endpoint());
        }
    }

    private static void get(String url, Simulated provider, TokenManager tokens) throws IOException {
        OkHttpClient client =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder()
                .url(url)
                .tag(TokenSource.class, provider.source(tokens))
                .build();
        client.newCall(request).execute().close();
    }

    static String typeOf(OAuthException caught) {
        return caught.getClass().getSimpleName();
    }
}
