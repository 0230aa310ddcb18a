package dev.latchkey.examples.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs the tool in this process and keeps what it printed. */
final class Tool {
    final Map<String, String> environment = new HashMap<>();
    String out = "";
    String err = "";

    int run(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int exitCode = Latchkey.run(stream(outBytes), stream(errBytes), environment, args);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        if (Boolean.getBoolean("show")) {
            System.out.println(
                    "$ latchkey " + String.join(" ", args) + "\n" + out + "--err--\n" + err + "--exit " + exitCode);
        }
        return exitCode;
    }

    /** The one object on standard output; anything behind it is a failure. */
    JsonNode json() throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(out);
    }

    String printed() {
        return out + err;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
