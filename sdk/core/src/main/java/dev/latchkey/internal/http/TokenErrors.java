package dev.latchkey.internal.http;

import dev.latchkey.error.AccessDeniedException;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.InvalidRequestException;
import dev.latchkey.error.InvalidScopeException;
import dev.latchkey.error.InvalidTargetException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.OtherTokenRequestException;
import dev.latchkey.error.ServerErrorException;
import dev.latchkey.error.TemporarilyUnavailableException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.error.UnauthorizedClientException;
import dev.latchkey.error.UnsupportedGrantTypeException;
import dev.latchkey.provider.ErrorRule;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an answer of the token endpoint that brings no token means. Status and code are judged together. */
public final class TokenErrors {
    private static final Map<ErrorCode, Function<ErrorDetails, TokenRequestException>> TYPES = Map.ofEntries(
            Map.entry(ErrorCode.INVALID_REQUEST, InvalidRequestException::new),
            Map.entry(ErrorCode.INVALID_CLIENT, InvalidClientException::new),
            Map.entry(ErrorCode.INVALID_GRANT, InvalidGrantException::new),
            Map.entry(ErrorCode.INVALID_SCOPE, InvalidScopeException::new),
            Map.entry(ErrorCode.UNAUTHORIZED_CLIENT, UnauthorizedClientException::new),
            Map.entry(ErrorCode.UNSUPPORTED_GRANT_TYPE, UnsupportedGrantTypeException::new),
            Map.entry(ErrorCode.ACCESS_DENIED, AccessDeniedException::new),
            Map.entry(ErrorCode.INVALID_TARGET, InvalidTargetException::new),
            Map.entry(ErrorCode.SERVER_ERROR, ServerErrorException::new),
            Map.entry(ErrorCode.TEMPORARILY_UNAVAILABLE, TemporarilyUnavailableException::new));
    private static final Set<ErrorCode> RETRYABLE = Set.of(
            ErrorCode.SERVER_ERROR,
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            ErrorCode.AUTHORIZATION_PENDING,
            ErrorCode.SLOW_DOWN);

    private TokenErrors() {}

    /**
     * Reads an answer that is an error, or ought to be one.
     *
     * @param answer an answer of any status, without a token in it
     * @param facts what was sent
     * @return a {@link TokenRequestException} where the server refused or failed, else an
     *     {@link dev.latchkey.error.InvalidResponseException}
     */
    public static OAuthException read(HttpAnswer answer, RequestFacts facts) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return InvalidResponses.redirect(answer, facts);
        }
        ErrorBody body = ErrorBody.read(answer, facts);
        ErrorCode sent = oauthCode(body);
        Optional<ErrorRule> rule = facts.rule(answer, sent, body.description());
        ErrorCode meaning = rule.flatMap(ErrorRule::meaning).orElseGet(() -> ErrorCodes.meaning(answer.status(), sent));
        if (meaning == null) {
            return InvalidResponses.noCode(answer, body, facts);
        }
        ErrorDetails details = details(answer, facts, new Findings(body, sent, meaning, rule.orElse(null)));
        return TYPES.getOrDefault(meaning, OtherTokenRequestException::new).apply(details);
    }

    /** What was found out about one answer. */
    private record Findings(
            ErrorBody body,
            @Nullable ErrorCode sent,
            ErrorCode meaning,
            @Nullable ErrorRule rule) {
        Optional<ErrorRule> known() {
            return Optional.ofNullable(rule);
        }
    }

    /** Under {@code error} any word is a code; elsewhere only a registered one is, for APIs put their own codes there. */
    private static @Nullable ErrorCode oauthCode(ErrorBody body) {
        return body.fromError() || ErrorCodes.isRegistered(body.code()) ? body.code() : null;
    }

    private static ErrorDetails details(HttpAnswer answer, RequestFacts facts, Findings found) {
        ErrorDetails.Builder details = AnswerDetails.begin(facts.attempt(), answer, facts);
        String description = found.body().description();
        return AnswerDetails.body(details, found.body(), answer, facts)
                .outcome(AnswerDetails.outcome(answer.status(), found.sent(), description, found.body()))
                .errorCode(Optional.ofNullable(found.sent()).orElse(found.meaning()))
                .description(description)
                .retryable(RETRYABLE.contains(found.meaning()))
                .retryAfter(answer.retryAfter()
                        .or(() -> found.known().flatMap(ErrorRule::retryAfter))
                        .orElse(null))
                .remedy(remedy(answer, facts, found))
                .build();
    }

    /** The provider's own words come first; what the SDK can see in a refused assertion follows them. */
    private static String remedy(HttpAnswer answer, RequestFacts facts, Findings found) {
        String known = found.known().map(ErrorRule::remedy).orElse(null);
        boolean refusedClient = found.meaning().equals(ErrorCode.INVALID_CLIENT);
        if (known == null) {
            String general = TokenRemedies.of(found.meaning(), answer, facts);
            // Keycloak says 401 and unauthorized_client both to a wrong secret and to a grant that is not enabled.
            boolean ambiguous = refusedClient && ErrorCode.UNAUTHORIZED_CLIENT.equals(found.sent());
            return ambiguous ? general + " " + TokenRemedies.grantNotAllowed(facts) : general;
        }
        boolean refusedAssertion = refusedClient && !facts.assertionClaims().isEmpty();
        return refusedAssertion ? known + " " + new AssertionCheck(facts).beside(answer) : known;
    }
}
