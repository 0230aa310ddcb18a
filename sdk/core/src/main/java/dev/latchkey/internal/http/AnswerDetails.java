package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import org.jspecify.annotations.Nullable;

/** Fills in what every exception made of an answer has in common. */
final class AnswerDetails {
    private AnswerDetails() {}

    static ErrorDetails.Builder begin(String attempt, HttpAnswer answer, RequestFacts facts) {
        return ErrorDetails.builder(attempt, "answered " + answer.status())
                .where(facts.where())
                .provider(facts.provider())
                .status(answer.status())
                .retryAfter(answer.retryAfter().orElse(null));
    }

    /** The members that a body adds. */
    static ErrorDetails.Builder body(
            ErrorDetails.Builder details, ErrorBody body, HttpAnswer answer, RequestFacts facts) {
        return details.requestId(
                        RequestIds.find(answer, body.members()).map(facts::mask).orElse(null))
                .errorUri(body.uri())
                .problem(body.problem())
                .members(body.members())
                .bodyExcerpt(body.excerpt());
    }

    /** For example {@code answered 400 invalid_scope: "no such scope"}, or what came in place of an error. */
    static String outcome(int status, @Nullable ErrorCode code, @Nullable String description, ErrorBody body) {
        StringBuilder text = new StringBuilder("answered ").append(status);
        if (code != null) {
            text.append(' ').append(code);
        }
        if (code == null && description == null) {
            text.append(' ').append(body.kind().words());
        }
        String words = description == null && body.kind() != BodyText.Kind.JSON ? body.excerpt() : description;
        return words == null
                ? text.toString()
                : text.append(": \"").append(brief(words)).append('"').toString();
    }

    private static String brief(String words) {
        return words.length() > 700 ? words.substring(0, 700) + '\u2026' : words;
    }
}
