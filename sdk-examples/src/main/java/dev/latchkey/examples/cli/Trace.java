package dev.latchkey.examples.cli;

import dev.latchkey.event.ClockCorrected;
import dev.latchkey.event.EventListener;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRejected;
import dev.latchkey.event.TokenRequestFailed;
import dev.latchkey.event.TokenRequestSent;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Shows every request and answer. Token requests are known from events, which hold no secret. API calls are seen by a
 * network interceptor that stands before the one that puts credentials on, so that there is nothing to hide.
 */
final class Trace implements EventListener, Interceptor {
    private final PrintStream err;
    private final List<String> headerNames;

    Trace(PrintStream err, List<String> headerNames) {
        this.err = err;
        this.headerNames = List.copyOf(headerNames);
    }

    @Override
    public void onEvent(TokenEvent event) {
        if (event instanceof TokenRequestSent sent) {
            sent(sent);
        } else if (event instanceof TokenIssued issued) {
            String scope = issued.scope().isEmpty() ? "" : ", scope \"" + issued.scope() + "\"";
            line("< token for " + issued.life().toSeconds() + " s" + scope + ", after "
                    + issued.elapsed().toMillis() + " ms");
        } else if (event instanceof TokenRequestFailed failed) {
            line("< " + failed.error().getClass().getSimpleName() + ": "
                    + failed.error().details().outcome() + ", after "
                    + failed.elapsed().toMillis() + " ms");
        } else if (event instanceof TokenRejected rejected) {
            line("* the API refused the token" + (rejected.dropped() ? ", another one is fetched" : ""));
        } else if (event instanceof ClockCorrected corrected) {
            line("* the server's clock differs by " + corrected.offset().toSeconds() + " s; assertions follow it");
        }
    }

    private void sent(TokenRequestSent sent) {
        line("> POST " + withoutQuery(HttpUrl.get(sent.key().tokenEndpoint())) + "  ("
                + sent.clientAuthenticationMethod() + ")");
        headerNames.forEach(name -> line(">   " + name + ": " + Masking.MASK));
        sent.parameters().forEach((name, value) -> line(">   " + name + "=" + value));
        if (!sent.assertionHeader().isEmpty()) {
            line(">   assertion header " + sent.assertionHeader());
            line(">   assertion claims " + sent.assertionClaims());
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        line("> " + request.method() + " " + withoutQuery(request.url()));
        headers("> ", request.headers());
        line(">   (put on after this point, for allowed origins only: " + credentials() + ")");
        Response response = answer(chain, request);
        line("< " + response.code() + " after " + (response.receivedResponseAtMillis() - response.sentRequestAtMillis())
                + " ms");
        headers("< ", response.headers());
        return response;
    }

    private String credentials() {
        return headerNames.isEmpty() ? "Authorization" : "Authorization, " + String.join(", ", headerNames);
    }

    private Response answer(Chain chain, Request request) throws IOException {
        try {
            return chain.proceed(request);
        } catch (IOException e) {
            line("< no answer: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    private void headers(String direction, Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            line(direction + "  " + headers.name(i) + ": " + Masking.header(headers.name(i), headers.value(i)));
        }
    }

    private static HttpUrl withoutQuery(HttpUrl url) {
        return url.newBuilder().query(null).build();
    }

    private void line(String text) {
        err.println(text);
    }
}
