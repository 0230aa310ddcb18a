package dev.latchkey.chaos;

import dev.latchkey.TokenManager;
import dev.latchkey.TokenSource;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.ReauthorizationRequiredException;
import dev.latchkey.event.TokenStoreFailed;
import dev.latchkey.store.StoredToken;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenKey;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that uses the tokens of one user. Its clocks run ahead by one life of a token for each round, so that what all
 * processes of a round before have is expired for all processes of this one.
 */
final class Child {
    /** The name under which the environment has the key of the store. */
    static final String KEY = "CHAOS_KEY";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private final AtomicInteger storeFailures = new AtomicInteger();
    private final TokenStore store;
    private final TokenKey key;
    private final TokenSource user;
    private final ExecutorService callers;
    private final int threads;
    private volatile Duration ahead = Duration.ZERO;

    private Child(String[] args) throws IOException {
        store = Places.open(args[1], System.getenv(KEY));
        key = World.keyOf(args[0], args[2]);
        threads = Integer.parseInt(args[4]);
        callers = Executors.newFixedThreadPool(threads);
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead);
        TokenManager tokens = World.manager(args[0], store)
                .requestTimeout(Duration.ofMillis(Long.parseLong(args[3])))
                .clock(clock)
                .ticker(() -> System.nanoTime() + ahead.toNanos())
                .eventListener(event -> {
                    if (event instanceof TokenStoreFailed) {
                        storeFailures.incrementAndGet();
                    }
                })
                .build();
        user = tokens.user(args[2]);
    }

    public static void main(String[] args) throws Exception {
        Child child = new Child(args);
        say("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            child.obey(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0);
        }
        System.exit(0);
    }

    private void obey(String command, int number) throws Exception {
        switch (command) {
            case "loop" -> loop(number);
            case "round" -> say(round(number));
            case "live" -> say(live(number));
            case "stored" -> say(stored());
            case "events" -> say("events " + storeFailures);
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** Rotates on and on, until somebody kills it or it fails. */
    private void loop(int first) throws Exception {
        String said = "ok";
        for (int round = first; said.startsWith("ok"); round++) {
            said = round(round);
            say(said);
        }
    }

    private String round(int number) throws Exception {
        ahead = World.LIFE.multipliedBy(number);
        Set<String> distinct = fetched(number);
        return distinct.size() == 1 ? distinct.iterator().next() : "differ " + distinct;
    }

    /** A moment at which the token of a round still lives, but should be renewed: some threads may have the next one already. */
    private String live(int number) throws Exception {
        ahead = World.LIFE.multipliedBy(number).plus(World.LIFE.multipliedBy(17).dividedBy(20));
        return fetched(number).stream()
                .filter(said -> !said.startsWith("ok"))
                .findFirst()
                .orElse("ok " + number);
    }

    /** What all threads got. */
    private Set<String> fetched(int number) throws Exception {
        Callable<String> call = () -> fetch(number);
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(callers.submit(call));
        }
        TreeSet<String> distinct = new TreeSet<>();
        for (Future<String> each : all) {
            distinct.add(each.get());
        }
        return distinct;
    }

    private String fetch(int number) {
        try {
            AccessToken token = user.token();
            return "ok " + number + " " + token.value();
        } catch (ReauthorizationRequiredException e) {
            return "failed " + number + " " + e.reason();
        } catch (OAuthException | RuntimeException e) {
            return "failed " + number + " " + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }

    private String stored() throws IOException {
        StoredToken stored = store.load(key).orElseThrow();
        return "stored " + stored.refreshToken().map(RefreshToken::value).orElse("-") + " "
                + stored.attemptStartedAt().isPresent();
    }

    private static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
