package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ProblemDetails;
import dev.latchkey.internal.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Finds code and description in a JSON error. Shapes met in the wild: the members of RFC 6749; {@code error} as an object,
 * alone or under {@code data}; {@code message} alone or with {@code code}; a list {@code errors}; problem details; and
 * {@code error} as a reason phrase, which is no code.
 */
final class ErrorMembers {
    private static final List<String> CODES = List.of("error", "code", "status", "error_code", "errorCode", "type");
    private static final List<String> DESCRIPTIONS = List.of(
            "error_description",
            "message",
            "detail",
            "details",
            "title",
            "error_human_title",
            "error_message",
            "errorMessage",
            "msg",
            "reason",
            "error");

    private final JsonObject root;
    private final UnaryOperator<String> mask;
    private final List<JsonObject> places;

    ErrorMembers(JsonObject root, UnaryOperator<String> mask) {
        this.root = root;
        this.mask = mask;
        this.places = places(root);
    }

    /** The root first, then where some servers put the error proper. */
    private static List<JsonObject> places(JsonObject root) {
        List<JsonObject> places = new ArrayList<>(List.of(root));
        Stream.of(
                        root.object("error"),
                        root.object("data").flatMap(data -> data.object("error")),
                        root.firstObject("errors"),
                        root.firstObject("error"),
                        root.object("fault"))
                .flatMap(Optional::stream)
                .forEach(places::add);
        return places;
    }

    ErrorBody read(HttpAnswer answer) {
        Map<String, Object> members = root.toMap(mask);
        ProblemDetails problem = isProblem(answer) ? ProblemDetails.of(members) : null;
        members.remove("error_description");
        members.remove("error_uri");
        if (root.text("error").isPresent()) {
            members.remove("error");
        }
        return new ErrorBody(
                BodyText.Kind.JSON,
                code().orElse(null),
                root.words("error")
                        .map(String::strip)
                        .filter(ErrorCodes::isCode)
                        .isPresent(),
                description().map(mask).orElse(null),
                root.words("error_uri").map(mask).orElse(null),
                problem,
                members,
                BodyText.excerpt(BodyText.Kind.JSON, answer).map(mask).orElse(null));
    }

    private boolean isProblem(HttpAnswer answer) {
        return answer.contentType().contains("problem+json")
                || (root.words("title").isPresent() && root.words("type").isPresent());
    }

    private Optional<ErrorCode> code() {
        return places.stream()
                .flatMap(place -> CODES.stream().map(name -> place.words(name).orElse(null)))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(text -> !isOfFramework() && ErrorCodes.isCode(text))
                .map(mask)
                .map(ErrorCode::of)
                .findFirst();
    }

    /** The error of a web framework, not of OAuth: {@code error} is then the reason phrase of the status. */
    private boolean isOfFramework() {
        return root.has("timestamp") && root.has("status") && root.has("path");
    }

    private Optional<String> description() {
        return places.stream()
                .flatMap(place ->
                        DESCRIPTIONS.stream().map(name -> place.words(name).orElse(null)))
                .filter(Objects::nonNull)
                .filter(text -> !isTheCode(text))
                .findFirst()
                .or(() -> root.texts("errors").filter(list -> !list.isEmpty()).map(list -> String.join("; ", list)));
    }

    private boolean isTheCode(String text) {
        return code().filter(code -> code.value().equals(text.strip())).isPresent();
    }
}
