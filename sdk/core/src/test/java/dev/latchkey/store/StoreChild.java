package dev.latchkey.store;

import dev.latchkey.error.TokenStoreException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that shares a directory with others: it does what its arguments say, and prints a line when it is done. */
final class StoreChild {
    private StoreChild() {}

    public static void main(String[] args) throws Exception {
        FileTokenStore store = FileTokenStore.open(Path.of(args[1]), StoreFixtures.encryption());
        switch (args[0]) {
            case "count" -> count(store, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "hold" -> hold(store, args[2], Duration.ofMillis(Long.parseLong(args[3])));
            case "fill" -> fill(store);
            case "lease" -> lease(store);
            case "write" -> write(store);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void count(FileTokenStore store, int threads, int steps) throws Exception {
        ExecutorService counting = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(counting.submit(() -> {
                StoreCounting.count(store, StoreFixtures.ALICE, steps);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        counting.shutdown();
        say("COUNTED");
    }

    private static void hold(FileTokenStore store, String owner, Duration life) throws Exception {
        say(store.lease(StoreFixtures.ALICE, owner, life) ? "HELD" : "REFUSED");
        var unused = System.in.read();
    }

    /** On a disk that takes no octet more. */
    private static void fill(FileTokenStore store) throws Exception {
        long before = store.load(StoreFixtures.ALICE).orElseThrow().generation();
        try {
            store.compareAndSet(StoreFixtures.ALICE, before, StoreFixtures.full(before + 1));
            say("WRITTEN");
        } catch (TokenStoreException e) {
            say((e.isRetryable() ? "RETRYABLE " : "FINAL ")
                    + store.load(StoreFixtures.ALICE).orElseThrow().generation() + " " + e.getMessage());
        }
    }

    /** Takes and gives back a lease at each line that it reads. */
    private static void lease(FileTokenStore store) throws Exception {
        while (true) {
            say(store.lease(StoreFixtures.ALICE, "child", Duration.ofMinutes(10)) ? "LEASED" : "REFUSED");
            awaitLine();
            store.release(StoreFixtures.ALICE, "child");
            say("RELEASED");
            awaitLine();
        }
    }

    private static void awaitLine() throws IOException {
        if (System.in.read() < 0) {
            throw new IOException("nobody writes lines any more");
        }
    }

    /** Without an end: somebody kills it in the middle. */
    private static void write(FileTokenStore store) throws Exception {
        for (long generation = store.load(StoreFixtures.ALICE)
                        .map(StoredToken::generation)
                        .orElse(0L);
                ;
                generation++) {
            store.compareAndSet(StoreFixtures.ALICE, generation, StoreFixtures.full(generation + 1));
            say("AT " + (generation + 1));
        }
    }

    private static void say(String line) throws IOException {
        try (var out = new Unclosed()) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The standard output, which stays open. */
    private static final class Unclosed extends FileOutputStream {
        Unclosed() {
            super(FileDescriptor.out);
        }

        @Override
        public void close() {
            // It is needed again.
        }
    }
}
