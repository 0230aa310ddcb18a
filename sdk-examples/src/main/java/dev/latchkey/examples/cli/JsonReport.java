package dev.latchkey.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.token.AccessToken;

/** For programs: one JSON object. */
final class JsonReport implements Report {
    /** A body is shown as JSON only where all of it is, and with every digit. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Console console;
    private final OutputOptions options;
    private final Observed observed;
    private final ObjectNode all = JSON.createObjectNode();

    JsonReport(Console console, OutputOptions options, Observed observed) {
        this.console = console;
        this.options = options;
        this.observed = observed;
    }

    /** The one object of a run whose arguments were not understood. */
    static String badArguments(Failure failure) {
        ObjectNode all = JSON.createObjectNode();
        put(all.putObject("error"), failure);
        return all.toPrettyString();
    }

    @Override
    public void token(AccessToken token) {
        all.put("access_token", options.showToken ? token.value() : Masking.MASK);
        all.put("token_type", token.type().name());
        observed.issued()
                .ifPresent(issued -> all.put("expires_in", issued.life().toSeconds()));
        all.put("scope", token.scope().toString());
    }

    @Override
    public void answer(ApiAnswer answer) {
        ObjectNode response = all.putObject("response");
        response.put("status", answer.status());
        response.set("headers", JSON.valueToTree(answer.headers()));
        response.set("body", tree(answer.text()));
    }

    @Override
    public void failure(Failure failure) {
        put(all.putObject("error"), failure);
        if (failure.exitCode() == ExitCode.REFUSED_BY_API) {
            failure.details().ifPresent(this::refusal);
        }
    }

    private static void put(ObjectNode error, Failure failure) {
        error.put("type", failure.type());
        error.put("code", failure.code().orElse(null));
        error.set("status", JSON.valueToTree(failure.status().orElse(null)));
        error.put("description", failure.description().orElse(null));
        error.put("message", failure.message());
        error.put("remedy", failure.remedy());
        error.put("retryable", failure.retryable());
    }

    private void refusal(ErrorDetails details) {
        ObjectNode response = all.putObject("response");
        response.put("status", details.status());
        response.set("body", details.bodyExcerpt().map(JsonReport::tree).orElse(null));
    }

    @Override
    public void end() {
        observed.sent().filter(sent -> !sent.assertionHeader().isEmpty()).ifPresent(this::assertion);
        console.out().println(all.toPrettyString());
    }

    private void assertion(TokenRequestSent sent) {
        ObjectNode assertion = all.putObject("assertion");
        assertion.set("header", JSON.valueToTree(sent.assertionHeader()));
        assertion.set("claims", JSON.valueToTree(sent.assertionClaims()));
    }

    /** A JSON body as it is, anything else as text. */
    private static JsonNode tree(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null || tree.isMissingNode() ? TextNode.valueOf(body) : tree;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body);
        }
    }
}
