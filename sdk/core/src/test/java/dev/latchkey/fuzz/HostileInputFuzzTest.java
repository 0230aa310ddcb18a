package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * F-14, F-15, V-11, V-34: whatever arrives, it is a value or the exception that is promised, within a second, and nothing of it is
 * printed as it came. Each build reads the seeds and some changed at random; {@code -Pfuzz} sets Jazzer on them.
 */
@Tag("fuzz")
@ExtendWith(FuzzExtension.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class HostileInputFuzzTest {
    private static final int MOST_SHOWN = 512;

    @ParameterizedTest
    @EnumSource(Targets.class)
    void read_anyInput_isAValueOrItsException(Targets target, Fuzz fuzz) throws Exception {
        fuzz.figures().targets.incrementAndGet();
        if (fuzz.isFull()) {
            atLength(target, fuzz);
        } else {
            inShort(target, fuzz);
        }
    }

    private static void atLength(Targets target, Fuzz fuzz) throws Exception {
        JazzerProcess.Result result = new JazzerProcess(target, fuzz.seconds()).run();

        System.out.println("fuzz: " + fuzz.figures().targets + " of " + Targets.values().length + ", " + target + ": "
                + result.executions() + " inputs, exit code " + result.exitCode());
        fuzz.figures().executions.addAndGet(result.executions());
        fuzz.figures().findings.addAndGet(result.exitCode() == 0 ? 0 : 1);
        assertThat(result.exitCode()).as(result.log()).isZero();
        assertThat(result.executions()).isPositive();
    }

    private static void inShort(Targets target, Fuzz fuzz) throws Exception {
        List<byte[]> seeds = Seeds.of(target);
        for (byte[] seed : seeds) {
            read(target, seed, fuzz);
        }
        Mutations mutations = new Mutations(fuzz.seed());
        for (int i = 0; i < target.inShort(); i++) {
            read(target, mutations.next(seeds), fuzz);
        }
    }

    private static void read(Targets target, byte[] input, Fuzz fuzz) throws Exception {
        fuzz.figures().executions.incrementAndGet();
        try {
            target.target().read(input);
        } catch (Throwable e) {
            fuzz.figures().findings.incrementAndGet();
            throw new AssertionError(
                    target + " breaks its promise with the bytes " + shown(input) + ", fuzz.seed=" + fuzz.seed(), e);
        }
    }

    private static String shown(byte[] input) {
        String hex = HexFormat.of().formatHex(input);
        return hex.length() <= MOST_SHOWN ? hex : hex.substring(0, MOST_SHOWN) + "...";
    }
}
