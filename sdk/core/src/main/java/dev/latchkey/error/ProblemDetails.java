package dev.latchkey.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of an API's answer. Members of a wrong type count as absent, unknown members are kept, and the
 * {@code type} is a name: the SDK never opens it.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457, section 3, Members of a Problem Details Object</a>
 */
public final class ProblemDetails {
    private static final String NO_TYPE = "about:blank";
    private static final Set<String> NAMES = Set.of("type", "title", "status", "detail", "instance");

    private final Map<String, Object> members;

    private ProblemDetails(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads problem details from the members of a JSON object.
     *
     * @param members the members: texts, numbers, booleans, lists and maps of these; nulls are left out
     * @return the problem details, bounded in number and size
     */
    public static ProblemDetails of(Map<String, ? extends @Nullable Object> members) {
        return new ProblemDetails(Members.copy(Objects.requireNonNull(members, "members")));
    }

    /** {@return the kind of problem, a URI reference as text; {@code about:blank} where none was named} */
    public String type() {
        return text("type").orElse(NO_TYPE);
    }

    /** {@return a short name of the kind of problem} */
    public Optional<String> title() {
        return text("title");
    }

    /** {@return the status that the body names; the one of the answer itself is what counts} */
    public OptionalInt status() {
        return members.get("status") instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    /** {@return what went wrong this time} */
    public Optional<String> detail() {
        return text("detail");
    }

    /** {@return the name of this occurrence, a URI reference as text} */
    public Optional<String> instance() {
        return text("instance");
    }

    /** {@return all further members; may be empty} */
    public Map<String, Object> extensions() {
        Map<String, Object> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(NAMES);
        return Collections.unmodifiableMap(rest);
    }

    private Optional<String> text(String name) {
        return members.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String toString() {
        return "ProblemDetails" + members;
    }
}
