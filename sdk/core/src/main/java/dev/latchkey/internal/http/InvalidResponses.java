package dev.latchkey.internal.http;

import dev.latchkey.error.InvalidResponseException;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Answers of a token endpoint that break the protocol, each with what is likely to be behind it. */
public final class InvalidResponses {
    private static final String CHECK_URL =
            "Check that the token endpoint is the one the provider documents, and that no "
                    + "proxy, captive portal or login page stands in between.";

    private InvalidResponses() {}

    /** An answer of a success status whose body cannot be taken. */
    public static InvalidResponseException unreadable(HttpAnswer answer, RequestFacts facts) {
        if (answer.isCompressed()) {
            return compressed(answer, facts);
        }
        if (answer.isTruncated()) {
            return of(answer, facts, "with a body beyond 256 KiB", CHECK_URL);
        }
        ErrorBody body = ErrorBody.read(answer, facts);
        return retryable(answer, facts, body, CHECK_URL + " A single such answer may be a fault that passes.");
    }

    private static InvalidResponseException compressed(HttpAnswer answer, RequestFacts facts) {
        return of(
                answer,
                facts,
                "with a compressed body, though none was asked for",
                "Check for a proxy that compresses answers; token answers are read uncompressed, as asked for with"
                        + " Accept-Encoding: identity.");
    }

    /** An answer that points elsewhere. It is not followed, because the request carries credentials (R-62, F-16). */
    static InvalidResponseException redirect(HttpAnswer answer, RequestFacts facts) {
        String target = answer.header("Location")
                .map(location -> Optional.ofNullable(HttpUrl.parse(location))
                        .map(HttpUrl::host)
                        .orElse("another path of the same host"))
                .orElse("nowhere");
        return of(
                answer,
                facts,
                "with a redirect to " + target + ", which was refused",
                "The token endpoint may be wrong: credentials are never sent on to where a redirect points. Use the final"
                        + " https address from the provider's documents, without a trailing slash it does not have.");
    }

    /** An error status without a code of OAuth. With 400 it is taken for a passing fault of something in between. */
    static InvalidResponseException noCode(HttpAnswer answer, ErrorBody body, RequestFacts facts) {
        return answer.status() == 400
                ? retryable(answer, facts, body, CHECK_URL)
                : with(answer, facts, body, noCodeRemedy(answer.status()), false);
    }

    private static String noCodeRemedy(int status) {
        return switch (status) {
            case 403 ->
                "A gateway or firewall may have refused the request: check allow-lists of addresses, required"
                        + " headers, and whether the client is enabled. " + CHECK_URL;
            case 404, 405, 410 -> "This is not a token endpoint, or not one for POST. " + CHECK_URL;
            case 413, 414, 431 -> "The request is too large for the server: check the size of assertion and headers.";
            case 415 ->
                "The server wants another format: check whether the provider takes form or JSON requests"
                        + " (tokenRequestFormat).";
            default -> CHECK_URL;
        };
    }

    private static InvalidResponseException retryable(
            HttpAnswer answer, RequestFacts facts, ErrorBody body, String remedy) {
        return with(answer, facts, body, remedy, true);
    }

    private static InvalidResponseException with(
            HttpAnswer answer, RequestFacts facts, ErrorBody body, String remedy, boolean retryable) {
        // The text of a success may hold a token that we failed to recognise: only its kind is shown.
        boolean shown = !answer.isSuccess() || body.kind() == BodyText.Kind.WEB_PAGE;
        String outcome = shown
                ? AnswerDetails.outcome(answer.status(), null, body.description(), body)
                : "answered " + answer.status() + " " + body.kind().words();
        var details = AnswerDetails.begin(facts.attempt(), answer, facts);
        if (shown) {
            AnswerDetails.body(details, body, answer, facts);
        }
        return new InvalidResponseException(
                details.outcome(outcome).retryable(retryable).remedy(remedy).build());
    }

    /**
     * An answer of a success status whose content cannot be used.
     *
     * @param answer the answer
     * @param facts what was sent
     * @param fault what is wrong, to follow "answered 200"; without anything of a token
     * @param remedy what to check
     * @return the exception
     */
    public static InvalidResponseException of(HttpAnswer answer, RequestFacts facts, String fault, String remedy) {
        return new InvalidResponseException(AnswerDetails.begin(facts.attempt(), answer, facts)
                .requestId(RequestIds.find(answer, java.util.Map.of())
                        .map(facts::mask)
                        .orElse(null))
                .outcome("answered " + answer.status() + " " + fault)
                .remedy(remedy)
                .build());
    }
}
