package dev.latchkey.internal.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A flat JSON object of our own, as it is sent, signed or stored. Jackson escapes its texts; a tree of nodes is not made. */
public final class JsonText {
    private static final int USUAL_LENGTH = 256;
    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();

    private JsonText() {}

    /**
     * Writes an object.
     *
     * @param members the members, in their order; each value is a text or a {@code Long}
     * @return the text, in UTF-8
     */
    public static byte[] write(Map<String, ?> members) {
        StringBuilder json = new StringBuilder(USUAL_LENGTH).append('{');
        String separator = "";
        for (Map.Entry<String, ?> member : members.entrySet()) {
            quote(json.append(separator), member.getKey()).append(':');
            if (member.getValue() instanceof Long number) {
                json.append(number);
            } else {
                quote(json, (String) member.getValue());
            }
            separator = ",";
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        ESCAPES.quoteAsString(text, json);
        return json.append('"');
    }
}
