package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;
import dev.latchkey.provider.ErrorRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a provider, as what is known of its errors: the first that applies decides. */
public final class ProviderRules implements ProviderKnowledge {
    private final List<ErrorRule> rules;

    public ProviderRules(List<ErrorRule> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public Optional<Verdict> judge(int status, @Nullable ErrorCode code, @Nullable String description) {
        String sent = code == null ? null : code.value();
        return rules.stream()
                .filter(rule -> rule.appliesTo(status, sent, description))
                .findFirst()
                .map(rule -> new Verdict(
                        rule.remedy(),
                        rule.meaning().orElse(null),
                        rule.retryAfter().orElse(null)));
    }
}
