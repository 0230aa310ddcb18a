package dev.latchkey.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a stranger.
 *
 * <p>Bytes are read as UTF-8 whatever a header says (servers announce ISO-8859-1 and send UTF-8); bytes that are not UTF-8
 * become replacement characters, and a byte order mark is skipped. A member that comes twice makes the text invalid: RFC
 * 6749, section 3.2, allows each at most once.
 *
 * <p>Thread-safety: immutable.
 */
public final class JsonObject {
    /** A document may have this many bytes: 1 MiB. */
    public static final int MAX_DOCUMENT = 1 << 20;

    private static final JsonMapper MAPPER = mapper();

    private final JsonNode node;

    private JsonObject(JsonNode node) {
        this.node = node;
    }

    private static JsonMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxStringLength(256 << 10)
                .maxNameLength(1024)
                .maxNumberLength(100)
                .maxTokenCount(20_000)
                .maxDocumentLength(MAX_DOCUMENT)
                .build();
        // Names of a stranger are neither interned nor kept in a table that all parsers share.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads an object.
     *
     * @param utf8 the text
     * @return the object
     * @throws JsonException if the text is no JSON, no object, or beyond a limit
     */
    public static JsonObject read(byte[] utf8) throws JsonException {
        JsonNode root = tree(utf8);
        if (!root.isObject()) {
            throw new JsonException("not a JSON object");
        }
        return new JsonObject(root);
    }

    /**
     * Reads an object, or the first object of an array, which is how some servers send a list of errors.
     *
     * @param utf8 the text
     * @return the object
     * @throws JsonException if the text is no JSON, has no object, or is beyond a limit
     */
    public static JsonObject readFirst(byte[] utf8) throws JsonException {
        JsonNode root = tree(utf8);
        JsonNode first = root.isArray() ? root.path(0) : root;
        if (!first.isObject()) {
            throw new JsonException("not a JSON object");
        }
        return new JsonObject(first);
    }

    private static JsonNode tree(byte[] utf8) throws JsonException {
        if (utf8.length > MAX_DOCUMENT) {
            throw new JsonException("JSON beyond a limit");
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        try {
            return MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (StreamConstraintsException e) {
            throw new JsonException("JSON beyond a limit");
        } catch (JsonProcessingException e) {
            throw new JsonException("not JSON");
        }
    }

    /** {@return whether there is a member of that name whose value is not null} */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** {@return whether the member is true, or the text that says so} */
    public boolean isTrue(String name) {
        return node.path(name).asBoolean(false);
    }

    /** {@return the member, where it is a text; may be blank} */
    public Optional<String> text(String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    /** {@return the member, where it is a text with more than white space} */
    public Optional<String> words(String name) {
        return text(name).filter(text -> !text.isBlank());
    }

    /** {@return the member, where it is a number or a text that reads as one; may be infinite} */
    public OptionalDouble number(String name) {
        JsonNode member = node.path(name);
        if (member.isNumber()) {
            return OptionalDouble.of(member.doubleValue());
        }
        return member.isTextual() ? numeric(member.textValue()) : OptionalDouble.empty();
    }

    private static OptionalDouble numeric(String text) {
        if (!text.strip().matches("[+-]?[0-9]{1,40}([.][0-9]{0,40})?")) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(text.strip()));
    }

    /** {@return the member, where it is an object} */
    public Optional<JsonObject> object(String name) {
        JsonNode member = node.path(name);
        return member.isObject() ? Optional.of(new JsonObject(member)) : Optional.empty();
    }

    /** {@return the first item of the member, where that is an array of objects} */
    public Optional<JsonObject> firstObject(String name) {
        JsonNode first = node.path(name).path(0);
        return first.isObject() ? Optional.of(new JsonObject(first)) : Optional.empty();
    }

    /** {@return the texts of the member, where it is an array} */
    public Optional<List<String>> texts(String name) {
        JsonNode member = node.path(name);
        if (!member.isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        member.forEach(item -> {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        });
        return Optional.of(texts);
    }

    /**
     * Turns the object into maps, lists, texts, numbers and booleans. Nulls are left out.
     *
     * @param edit what happens to every name and every text
     * @return a new map
     */
    public Map<String, Object> toMap(UnaryOperator<String> edit) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(each -> {
            Object value = value(each.getValue(), edit);
            if (value != null) {
                map.put(edit.apply(each.getKey()), value);
            }
        });
        return map;
    }

    private static @Nullable Object value(JsonNode node, UnaryOperator<String> edit) {
        if (node.isTextual()) {
            return edit.apply(node.textValue());
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isContainerNode() ? container(node, edit) : null;
    }

    private static Object container(JsonNode node, UnaryOperator<String> edit) {
        if (node.isObject()) {
            return new JsonObject(node).toMap(edit);
        }
        List<Object> list = new ArrayList<>();
        node.forEach(item -> {
            Object value = value(item, edit);
            if (value != null) {
                list.add(value);
            }
        });
        return list;
    }

    /** {@return nothing of the content, which may be a token} */
    @Override
    public String toString() {
        return "JsonObject[" + node.size() + " members]";
    }
}
