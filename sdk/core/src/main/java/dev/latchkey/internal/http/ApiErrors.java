package dev.latchkey.internal.http;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.Challenge;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.provider.ErrorRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an error answer of an API means. */
public final class ApiErrors {
    private ApiErrors() {}

    /**
     * Reads an error answer.
     *
     * @param answer an answer with a status of 400 or above
     * @param facts what was sent
     * @return the exception
     */
    public static ApiException read(HttpAnswer answer, RequestFacts facts) {
        List<Challenge> challenges = challenges(answer, facts);
        Findings found = new Findings(ErrorBody.read(answer, facts), challenges);
        Optional<ErrorRule> rule = facts.rule(answer, found.code(), found.description());
        ApiKind kind = rule.flatMap(ErrorRule::meaning)
                .map(ApiKind::ofMeaning)
                .orElseGet(() -> ApiKind.of(answer.status(), found.code()));
        String remedy = rule.map(ErrorRule::remedy)
                .orElseGet(() -> ApiRemedies.of(kind, answer, found.bearer().orElse(null)));
        return kind.exception(details(answer, facts, found)
                .retryable(kind.isRetryable(answer.status()))
                .retryAfter(answer.retryAfter()
                        .or(() -> rule.flatMap(ErrorRule::retryAfter))
                        .orElse(null))
                .remedy(remedy)
                .build());
    }

    /** What was found out about one answer. The challenge is more exact than the body, where both have a code. */
    private record Findings(ErrorBody body, List<Challenge> challenges) {
        Optional<Challenge> bearer() {
            return challenges.stream().filter(each -> each.hasScheme("Bearer")).findFirst();
        }

        @Nullable
        ErrorCode code() {
            return bearer().flatMap(Challenge::error).orElse(body.code());
        }

        @Nullable
        String description() {
            return bearer().flatMap(Challenge::errorDescription).orElse(body.description());
        }
    }

    private static ErrorDetails.Builder details(HttpAnswer answer, RequestFacts facts, Findings found) {
        ErrorDetails.Builder details = AnswerDetails.begin("API call (" + facts.method() + ")", answer, facts);
        return AnswerDetails.body(details, found.body(), answer, facts)
                .outcome(AnswerDetails.outcome(answer.status(), found.code(), found.description(), found.body()))
                .errorCode(found.code())
                .description(found.description())
                .challenges(found.challenges());
    }

    private static List<Challenge> challenges(HttpAnswer answer, RequestFacts facts) {
        return Challenges.read(answer).stream()
                .map(each -> Challenge.of(each.scheme(), masked(each.parameters(), facts)))
                .toList();
    }

    private static Map<String, String> masked(Map<String, String> parameters, RequestFacts facts) {
        Map<String, String> masked = new HashMap<>(parameters);
        masked.replaceAll((name, value) -> facts.mask(value));
        return masked;
    }
}
