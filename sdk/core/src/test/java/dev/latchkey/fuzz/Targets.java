package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.DiscoveryFuzz;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.endpoint.JsonCall;
import dev.latchkey.internal.endpoint.TokenAnswers;
import dev.latchkey.internal.http.Answers;
import dev.latchkey.internal.http.ApiErrors;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.store.StoreFuzz;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenIntrospection;
import dev.latchkey.token.TokenResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All that is fuzzed. Seeds are in the folder of the same name. */
enum Targets {
    TOKEN_RESPONSE(Targets::tokenResponse),
    API_ERROR(Targets::apiError),
    CHALLENGE(Targets::challenge),
    CALLBACK(new CallbackTarget()),
    PENDING_LOGIN(CallbackTarget::pending),
    METADATA(DiscoveryFuzz::read),
    PEM(KeyTargets.PEM),
    DER(KeyTargets.DER),
    JWK(KeyTargets.JWK),
    PKCS12(KeyTargets.PKCS12),
    STORED_TOKEN(StoreFuzz::storedToken),
    ENCRYPTED_TOKEN(new EncryptedTokenTarget()),
    LEASE(StoreFuzz::lease),
    ID_TOKEN(new IdTokenTarget()),
    INTROSPECTION(Targets::introspection);

    @SuppressWarnings("ImmutableEnumChecker") // what a target keeps does not change
    private final Target target;

    Targets(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    /** How many changed seeds each build reads. Passwords are slow by design. */
    int inShort() {
        return this == PKCS12 || this == PEM || this == DER ? 20 : 200;
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void tokenResponse(byte[] input) {
        Message message = Message.of(input);
        RequestFacts facts =
                Answers.facts().rules(message.provider().tokenErrorRules()).build();
        HttpAnswer answer = message.answer();
        Promise.holds(OAuthException.class, () -> used(TokenAnswers.read(answer, facts)));
        Promise.holds(OAuthException.class, () -> used(TokenAnswers.read(answer.asTruncated(), facts)));
    }

    /** Reading is not all: what was read is put to use. */
    private static String used(TokenResponse response) {
        return response.accessToken(Answers.NOW, Scope.none(), Duration.ofMinutes(1)) + " " + response + " "
                + response.refreshTokenExpiresIn().map(Answers.NOW::plus);
    }

    private static void apiError(byte[] input) {
        apiError(Message.of(input));
    }

    private static void apiError(Message message) {
        RequestFacts facts = RequestFacts.builder("GET", "api.example.com/v1")
                .provider(message.provider().name())
                .rules(message.provider().apiErrorRules())
                .secret("canary-of-an-access-token")
                .build();
        Promise.holds(OAuthException.class, () -> {
            throw ApiErrors.read(message.answer(), facts);
        });
    }

    private static void introspection(byte[] input) {
        HttpAnswer answer = HttpAnswer.of(200, Map.of(), input, Answers.NOW);
        RequestFacts facts = Answers.facts().build();
        Promise.holds(OAuthException.class, () -> {
            TokenIntrospection read =
                    TokenIntrospection.of(JsonCall.object(answer, facts).toMap(UnaryOperator.identity()));
            return "" + read + read.scope() + read.expiresAt();
        });
    }

    /** The lines of the input are the headers. */
    private static void challenge(byte[] input) {
        List<String> headers = new String(input, ISO_8859_1).lines().toList();
        Message first = Message.of(new byte[0]);
        apiError(new Message(401, first.provider(), Map.of("WWW-Authenticate", headers), "{}".getBytes(UTF_8)));
    }
}
