package dev.latchkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a process holds on to, once it has had the time to let go.
 *
 * @param threads threads of all kinds
 * @param ownThreads those of managers
 * @param descriptors open files and sockets; 0 where the machine does not tell
 * @param heapBytes what is left after collections
 */
record Residue(int threads, int ownThreads, int descriptors, long heapBytes) {
    private static final Path OPEN = Path.of("/proc/self/fd");
    /** Threads end when idle for 5 s, and connections are seen to be closed a little after they are. */
    private static final int MOST_LOOKS = 100;

    private static final int LOOK_EVERY_MILLIS = 100;

    /** Pools of OkHttp and of the fake servers keep a thread or a connection for a minute, now one more, now one less. */
    private static final int BREATH = 8;

    /** Waits until nothing of a manager is left. */
    static Residue settled() throws InterruptedException {
        return settled(now -> now.ownThreads == 0);
    }

    /** Waits until there is no more than there was. */
    static Residue settledLike(Residue then) throws InterruptedException {
        return settled(now -> now.ownThreads == 0 && now.isLevelWith(then));
    }

    private static Residue settled(Predicate<Residue> enough) throws InterruptedException {
        Residue now = look();
        for (int looks = 0; looks < MOST_LOOKS && !enough.test(now); looks++) {
            boolean never = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            now = never ? now : look();
        }
        return now;
    }

    boolean isLevelWith(Residue then) {
        return threads <= then.threads + BREATH && descriptors <= then.descriptors + BREATH;
    }

    private static Residue look() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        List<Thread> all = List.copyOf(Thread.getAllStackTraces().keySet());
        int own = (int) all.stream()
                .filter(thread -> thread.getName().startsWith("latchkey"))
                .count();
        return new Residue(all.size(), own, open(), heap);
    }

    private static int open() {
        if (!Files.isDirectory(OPEN)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(OPEN)) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
