package dev.latchkey.guard;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls and method references that some class or other must not have, by owner and name. */
final class Calls {
    static final DescribedPredicate<JavaAccess<?>> READING_A_CLOCK = of(
            "reading a clock",
            Map.of(
                    System.class, Set.of("currentTimeMillis", "nanoTime"),
                    Instant.class, Set.of("now"),
                    InstantSource.class, Set.of("system"),
                    Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
                    LocalDate.class, Set.of("now"),
                    LocalDateTime.class, Set.of("now"),
                    OffsetDateTime.class, Set.of("now"),
                    ZonedDateTime.class, Set.of("now"),
                    Date.class, Set.of("<init>")));

    static final DescribedPredicate<JavaAccess<?>> STARTING_A_TIMER = of(
            "starting a timer",
            Map.of(
                    CompletableFuture.class, Set.of("delayedExecutor", "orTimeout", "completeOnTimeout"),
                    Executors.class, Set.of("newScheduledThreadPool", "newSingleThreadScheduledExecutor"),
                    ScheduledThreadPoolExecutor.class, Set.of("<init>"),
                    Timer.class, Set.of("<init>")));

    static final DescribedPredicate<JavaAccess<?>> SLEEPING = of(
            "sleeping",
            Map.of(
                    Thread.class, Set.of("sleep", "onSpinWait", "yield"),
                    TimeUnit.class, Set.of("sleep"),
                    LockSupport.class, Set.of("park", "parkNanos", "parkUntil"),
                    Object.class, Set.of("wait")));

    static final DescribedPredicate<JavaAccess<?>> PRINTING = of(
            "printing",
            Map.of(
                    System.class, Set.of("out", "err"),
                    PrintStream.class, Set.of("println"),
                    Throwable.class, Set.of("printStackTrace")));

    /** Steps that are given no executor: whoever holds its threads, one on a machine of two cores, holds them all up. */
    static final DescribedPredicate<JavaAccess<?>> USING_THE_COMMON_POOL = DescribedPredicate.describe(
            "using the common pool",
            access -> access.getTargetOwner().isAssignableTo(CompletionStage.class)
                    && access.getName().endsWith("Async")
                    && access.getTarget() instanceof CodeUnitAccessTarget target
                    && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Executor.class)));

    private Calls() {}

    static DescribedPredicate<JavaAccess<?>> of(String what, Map<Class<?>, Set<String>> names) {
        return DescribedPredicate.describe(
                what,
                access -> names.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isEquivalentTo(entry.getKey())
                                && entry.getValue().contains(access.getName())));
    }
}
