package dev.latchkey.examples.quickstart;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.ApiException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.provider.Redox;
import dev.latchkey.token.AccessToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The run against Redox: a token, and a call where {@code REDOX_URL} names one. Exit codes: 0 done, 1 not as claimed, 2
 * bad configuration, 3 refused by the authorization server, 4 refused by the API, 5 no usable answer.
 */
public final class RealRun {
    /** The variable that switches to this run. */
    public static final String CLIENT_ID = "REDOX_CLIENT_ID";

    private static final String KEY = "REDOX_KEY";
    private static final String KEY_ID = "REDOX_KID";
    private static final String URL = "REDOX_URL";

    private final Page page;
    private final Facts facts;
    private final Claims claims;
    private final EventLog events = new EventLog();
    private final Map<String, String> environment;

    /**
     * Prepares a run.
     *
     * @param page where to print
     * @param environment the variables
     */
    public RealRun(Page page, Map<String, String> environment) {
        this.page = page;
        this.facts = new Facts(page);
        this.claims = new Claims(page);
        this.environment = environment;
    }

    /** {@return the exit code} */
    public int run() {
        page.title(
                "Latchkey quick start",
                "Redox, as the variables " + CLIENT_ID + ", " + KEY + " and " + KEY_ID + " say.");
        try {
            SigningKey key = SigningKey.read(Path.of(variable(KEY))).withKeyId(variable(KEY_ID));
            facts.key(key);
            try (TokenManager tokens = manager(key)) {
                token(tokens);
                call(tokens);
            }
        } catch (OAuthException e) {
            return refused(e);
        } catch (IOException e) {
            page.end("No answer: " + e.getMessage());
            return 5;
        } catch (IllegalArgumentException e) {
            page.end("Bad configuration: " + e.getMessage());
            return 2;
        }
        page.end(claims.kept() + " of " + claims.made() + " claims held.");
        return claims.allKept() ? 0 : 1;
    }

    private TokenManager manager(SigningKey key) {
        return TokenManager.builder(Redox.production())
                .clientId(variable(CLIENT_ID))
                .signingKey(key)
                .eventListener(events)
                .build();
    }

    private void token(TokenManager tokens) throws OAuthException {
        AccessToken token;
        try {
            token = tokens.token();
        } finally {
            if (events.count(TokenRequestSent.class) > 0) {
                TokenRequestSent sent = events.last(TokenRequestSent.class);
                facts.assertion(sent);
                facts.tokenRequest(sent);
            }
        }
        facts.token(token, events.last(TokenIssued.class));
        claims.check("another use of it", "no further request", again(tokens, token));
    }

    private String again(TokenManager tokens, AccessToken token) throws OAuthException {
        int before = events.count(TokenRequestSent.class);
        boolean same = tokens.token().hasSameValueAs(token);
        return same && events.count(TokenRequestSent.class) == before ? "no further request" : "another request";
    }

    private void call(TokenManager tokens) throws IOException {
        String url = environment.get(URL);
        if (url == null) {
            return;
        }
        page.section("A call");
        OkHttpClient client =
                OAuthInterceptor.of(tokens).applyTo(new OkHttpClient.Builder()).build();
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            page.row("GET", request.url().host() + request.url().encodedPath());
            page.row("status", response.code());
        }
    }

    private int refused(OAuthException error) {
        page.section("Refused");
        page.row("thrown", error.getClass().getSimpleName());
        facts.error(error);
        page.end("Stopped.");
        return error instanceof TokenRequestException ? 3 : error instanceof ApiException ? 4 : 5;
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set; set it, or unset " + CLIENT_ID + " for the demonstration.");
        }
        return value;
    }
}
