package dev.latchkey.keycloak;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A person's browser at Keycloak's pages: keeps cookies, follows redirects as far as the callback, fills in forms. */
final class Browser {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*?\\saction=\"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>", Pattern.DOTALL);
    private static final int MOST_REDIRECTS = 10;

    private final OkHttpClient http = new OkHttpClient.Builder()
            .followRedirects(false)
            .cookieJar(new Jar())
            .build();
    private String page = "";
    private HttpUrl shown = HttpUrl.get("http://127.0.0.1/");

    /** {@return the callback, where Keycloak sends the browser back without asking anything} */
    Optional<String> open(String url) throws IOException {
        return follow(new Request.Builder().url(url).build());
    }

    /** {@return the callback; empty where Keycloak shows another page} */
    Optional<String> signIn(String user, String password) throws IOException {
        return submit(Map.of("username", user, "password", password));
    }

    /** Presses a button of the form that is shown. */
    Optional<String> press(String button) throws IOException {
        return submit(Map.of(button, "x"));
    }

    /** {@return what is shown} */
    String page() {
        return page;
    }

    private Optional<String> submit(Map<String, String> fields) throws IOException {
        Matcher action = ACTION.matcher(page);
        if (!action.find()) {
            throw new IOException("the page has no form: " + page);
        }
        FormBody.Builder form = new FormBody.Builder();
        INPUT.matcher(page).results().map(found -> found.group()).forEach(input -> hidden(input, form));
        fields.forEach(form::add);
        return follow(new Request.Builder()
                .url(Objects.requireNonNull(shown.resolve(plain(action.group(1)))))
                .post(form.build())
                .build());
    }

    private static void hidden(String input, FormBody.Builder form) {
        if (attribute(input, "type").equals("hidden")) {
            form.add(attribute(input, "name"), plain(attribute(input, "value")));
        }
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? value.group(1) : "";
    }

    private static String plain(String html) {
        return html.replace("&amp;", "&");
    }

    private Optional<String> follow(Request first) throws IOException {
        Request request = first;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            try (Response response = http.newCall(request).execute()) {
                String location = response.header("Location");
                if (location == null) {
                    page = response.body().string();
                    shown = request.url();
                    return Optional.empty();
                }
                if (location.startsWith(People.CALLBACK)) {
                    return Optional.of(location);
                }
                request = new Request.Builder()
                        .url(Objects.requireNonNull(request.url().resolve(location)))
                        .build();
            }
        }
        throw new IOException("too many redirects, the last to " + request.url());
    }

    /** Like browsers, it takes loopback for safe: cookies marked Secure go over http, too. */
    private static final class Jar implements CookieJar {
        private final Map<String, Cookie> cookies = new ConcurrentHashMap<>();

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> received) {
            received.forEach(cookie -> cookies.put(cookie.name(), cookie));
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return cookies.values().stream()
                    .filter(cookie ->
                            !cookie.value().isEmpty() && url.encodedPath().startsWith(cookie.path()))
                    .toList();
        }
    }
}
