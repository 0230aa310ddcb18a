package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * F-40: calls without end, of which one in a hundred meets a fault, leave the process as it was. 2,000 calls in every build,
 * 100,000 with {@code mvn verify -Psoak}.
 */
@Tag("soak")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SoakTest {
    private static final int CALLS = Boolean.getBoolean("soak.full") ? 100_000 : 2_000;
    private static final int WARM_UP = 2_000;
    private static final long MOST_GROWTH = 5 << 20;

    @Test
    void calls_oneInAHundredMeetsAFault_nothingGrows() throws Exception {
        try (SoakWorld world = new SoakWorld()) {
            world.calls(WARM_UP);
            world.letGo();
            Residue before = Residue.settled();
            world.start();
            world.calls(CALLS);
            world.letGo();
            Residue after = Residue.settledLike(before);

            long grown = after.heapBytes() - before.heapBytes();
            SoakWorld.Figures figures = world.figures();
            Console.line("soak: calls=" + figures.calls() + " faults=" + figures.faults() + " failed="
                    + figures.failed()
                    + " untyped=" + figures.untyped() + " token_requests=" + figures.tokenRequests() + " hidden_posts="
                    + figures.hiddenPosts() + " dead_tokens_sent=" + figures.deadTokens() + " heap_growth_kib="
                    + (grown >> 10) + " threads=" + before.threads() + "->" + after.threads() + " descriptors="
                    + before.descriptors() + "->" + after.descriptors() + " seconds=" + figures.seconds());

            assertThat(figures.calls()).isEqualTo(CALLS);
            assertThat(figures.faults()).isBetween(CALLS / 200, CALLS / 50);
            assertThat(figures.untyped()).isZero();
            assertThat(figures.hiddenPosts()).isZero();
            assertThat(figures.deadTokens()).isZero();
            assertThat(figures.failed()).isLessThanOrEqualTo(2 * figures.faults());
            assertThat(grown).isLessThanOrEqualTo(MOST_GROWTH);
            assertThat(after.isLevelWith(before)).as(before + " -> " + after).isTrue();
        }
    }
}
