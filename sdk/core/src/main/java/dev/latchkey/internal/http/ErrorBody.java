package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ProblemDetails;
import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error, of whatever shape, with all its text masked. The one reader for token endpoints and APIs alike.
 *
 * @param kind what the body is
 * @param code the code, where one can be told from prose
 * @param fromError whether the code stood under {@code error}, as RFC 6749 has it
 * @param description the server's words
 * @param uri the address of a page about the error
 * @param problem problem details
 * @param members the members of a JSON body but those of RFC 6749, section 5.2, that were read
 * @param excerpt the start of the body
 */
record ErrorBody(
        BodyText.Kind kind,
        @Nullable ErrorCode code,
        boolean fromError,
        @Nullable String description,
        @Nullable String uri,
        @Nullable ProblemDetails problem,
        Map<String, Object> members,
        @Nullable String excerpt) {

    /** Never fails: a body that cannot be read is described as such. */
    static ErrorBody read(HttpAnswer answer, RequestFacts facts) {
        Optional<JsonObject> json = json(answer);
        if (json.isPresent()) {
            return new ErrorMembers(json.get(), facts::mask).read(answer);
        }
        BodyText.Kind kind = BodyText.kindOf(answer);
        String excerpt = BodyText.excerpt(kind, answer).map(facts::mask).orElse(null);
        return new ErrorBody(kind, null, false, null, null, null, Map.of(), excerpt);
    }

    private static Optional<JsonObject> json(HttpAnswer answer) {
        if (answer.isTruncated() || answer.isCompressed()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonObject.readFirst(answer.body()));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
