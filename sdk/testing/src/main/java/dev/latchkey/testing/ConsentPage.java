package dev.latchkey.testing;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The page on which a person signs in and agrees, or declines; its answers are callback URIs. */
final class ConsentPage {

    private final AuthorizationRules rules;
    private final AuthorizationCodes codes;
    private final InstantSource time;
    private final Supplier<String> newCode;
    private final AtomicInteger visits = new AtomicInteger();

    ConsentPage(AuthorizationRules rules, AuthorizationCodes codes, InstantSource time, Supplier<String> newCode) {
        this.rules = rules;
        this.codes = codes;
        this.time = time;
        this.newCode = newCode;
    }

    /** As if the person had opened the URL; an error where no redirect would come. */
    String open(String url, String endpoint, Person person) {
        try {
            return answer(AuthorizationRequest.opened(url, endpoint), () -> person);
        } catch (WebPage page) {
            throw page.failure();
        }
    }

    /** The person is asked for only where the request is good. */
    String answer(AuthorizationRequest request, Supplier<Person> person) {
        visits.incrementAndGet();
        Callback callback = Callback.to(rules.redirectUri(request));
        try {
            AuthorizationRules.Asked asked = rules.asked(request);
            decide(callback, new Consent(principal(asked, person.get()), request, time.instant()));
        } catch (Refusal refusal) {
            callback.with("error", refusal.error()).with("error_description", refusal.description());
        }
        return rules.finish(callback.with("state", request.text("state"))).uri();
    }

    private static Principal principal(AuthorizationRules.Asked asked, Person person) {
        if (person.declines()) {
            throw Refusal.of("access_denied", "The user declined");
        }
        return Principal.of(asked.client(), person.userId(), person.granted(asked.scopes()));
    }

    private void decide(Callback callback, Consent consent) {
        callback.with("code", codes.issue(newCode.get(), consent));
    }

    int visits() {
        return visits.get();
    }
}
