package dev.latchkey.examples.cli;

import dev.latchkey.OAuthInterceptor;
import dev.latchkey.TokenManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a token and calls an API with it. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Calls an API with an access token.",
            "The body goes to standard output, the status to standard error.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  latchkey call https://api.example.com/v1/patients \\",
            "                --token-endpoint https://auth.example.com/oauth2/token \\",
            "                --client-id ID --key key.pem --key-id KID --header x-client-key=KEY",
            "  latchkey call https://api.example.com/v1/patients --data '{\"name\":\"Ada\"}' \\",
            "                --json --trace ..."
        })
final class CallCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "what to call: https, or http to this machine")
    String url = "";

    @Option(names = "--method", paramLabel = "METHOD", description = "HTTP method. Default: GET, or POST with --data")
    @Nullable
    String method;

    @Option(
            names = "--data",
            paramLabel = "TEXT",
            description = "body of the request, JSON unless --header Content-Type=... says otherwise")
    @Nullable
    String data;

    @Option(
            names = "--api-origin",
            paramLabel = "URL",
            description = "where the token may go. Default: the origin of the called URL")
    @Nullable
    String apiOrigin;

    @Mixin
    ManagerOptions options = new ManagerOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Console console;

    CallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Session session = new Session(console, output);
        return session.run(report -> {
            Request request = request();
            try (TokenManager tokens = session.manager(options, origin(request.url()))) {
                report.token(tokens.token());
                report.answer(answer(client(session, tokens), request));
            }
        });
    }

    private OkHttpClient client(Session session, TokenManager tokens) {
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        if (session.traced()) {
            client.addNetworkInterceptor(session.trace(options));
        }
        return OAuthInterceptor.of(tokens).applyTo(client).build();
    }

    private static ApiAnswer answer(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return ApiAnswer.read(response);
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private Request request() {
        HttpUrl target = HttpUrl.parse(url);
        if (target == null) {
            throw new UsageException("URL: not an absolute URL; write it in full, as in https://host/path.");
        }
        Request.Builder request = new Request.Builder().url(target);
        HeaderOption.parse(options.headers).stream()
                .filter(HeaderOption::isOfTheCall)
                .forEach(
                        header -> OptionCheck.checked("--header", () -> request.header(header.name(), header.value())));
        return OptionCheck.checked(
                "--method", () -> request.method(verb(), body()).build());
    }

    private String verb() {
        if (method != null) {
            return method.toUpperCase(Locale.ROOT);
        }
        return data == null ? "GET" : "POST";
    }

    /** Methods such as POST need a body, if an empty one. */
    private @Nullable RequestBody body() {
        String text = data;
        if (text != null) {
            return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), contentType());
        }
        boolean bodiless = List.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE").contains(verb());
        return bodiless ? null : RequestBody.create(new byte[0]);
    }

    private MediaType contentType() {
        return HeaderOption.parse(options.headers).stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
                .findFirst()
                .map(header -> OptionCheck.checked("--header Content-Type", () -> MediaType.get(header.value())))
                .orElseGet(() -> MediaType.get("application/json"));
    }

    private ApiOrigin origin(HttpUrl target) {
        return apiOrigin == null ? ApiOrigin.of(target) : new ApiOrigin("--api-origin", apiOrigin);
    }
}
