package dev.latchkey.internal.http;

import dev.latchkey.error.Challenge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about a refused API call, where no provider's documents know better. */
final class ApiRemedies {
    private ApiRemedies() {}

    static String of(ApiKind kind, HttpAnswer answer, @Nullable Challenge bearer) {
        return switch (kind) {
            case INVALID_TOKEN ->
                "The access token was refused: check that token endpoint and API belong to the same"
                        + " environment, and that the token is meant for this API (scope, resource, audience).";
            case INSUFFICIENT_SCOPE ->
                "Ask for a wider scope"
                        + Optional.ofNullable(bearer)
                                .flatMap(Challenge::scope)
                                .map(scope -> ", here \"" + scope + "\"")
                                .orElse("")
                        + ", or have it granted to this client; a new token of the same scope does not help.";
            case FORBIDDEN ->
                "The token is good but this client or user may not do this: check its permissions, allow-lists"
                        + " and the environment.";
            case INVALID_CLIENT_KEY, MISSING_CLIENT_KEY -> clientKey(kind == ApiKind.INVALID_CLIENT_KEY ? 498 : 499);
            case NOT_FOUND -> "Check host, path and ids; some APIs hide in this way what a client may not see.";
            case RATE_LIMITED -> "Wait" + Waits.howLong(answer) + ", then try again, and call less often.";
            case SERVER ->
                "The API or a gateway before it failed. Try again" + later(answer)
                        + " if the call may be repeated; if it goes on, tell the provider, with the request id if there is one.";
            case REQUEST -> request(answer.status());
        };
    }

    static String clientKey(int status) {
        return status == 498
                ? "The client key is wrong: check the value of header(\"x-client-key\", ...), for white space and for a"
                        + " sandbox key at the production address or the other way round. The token is not in question."
                : "The client key was not sent: add header(\"x-client-key\", \"...\") to the builder of the token manager"
                        + " or provider, and check that this host is an allowed origin. The token is not in question.";
    }

    private static String later(HttpAnswer answer) {
        return answer.retryAfter()
                .map(wait -> " after " + wait.toSeconds() + " s")
                .orElse(" later");
    }

    private static String request(int status) {
        return switch (status) {
            case 408, 425 -> "The server did not take the request in time: try again if the call may be repeated.";
            case 405 -> "This path does not take this method: check both against the API's documents.";
            case 406, 415 -> "Check Accept and Content-Type against the API's documents.";
            case 409, 412 -> "The resource has changed or exists already: read it again before the next try.";
            case 413 -> "The body is too large for this API: send less at a time.";
            default ->
                "The API refused the request as it is: compare it with the description here and the API's documents.";
        };
    }
}
