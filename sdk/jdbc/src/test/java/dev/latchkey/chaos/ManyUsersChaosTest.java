package dev.latchkey.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.TokenManager;
import dev.latchkey.chaos.Places.Kind;
import dev.latchkey.token.RefreshToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is full of users, of whom few are in memory. */
@Tag("chaos")
@ExtendWith(ChaosExtension.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the files are made with POSIX permissions")
class ManyUsersChaosTest {
    private static final int IN_MEMORY = 50;
    private static final int CONTENT = 700;
    private static final int ID_BYTES = 32;

    private volatile Duration ahead = Duration.ZERO;
    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void users_farMoreThanInMemory_areRenewedAsBefore(Kind kind, Chaos chaos) throws Exception {
        String place = kind.fresh(folder);
        int asked = chaos.length(1000, 200);
        int others = kind == Kind.FILES ? chaos.length(100_000, 1000) : chaos.length(1_000_000, 10_000);
        try (World world = new World(chaos, place, Duration.ZERO);
                TokenManager tokens = manager(world)) {
            for (int i = 0; i < asked; i++) {
                tokens.adopt("user-" + i, RefreshToken.of(world.server().issueRefreshToken(World.CLIENT_ID)));
            }
            long alone = medianMicros(world, tokens, asked);
            fill(kind, place, others);
            long among = medianMicros(world, tokens, asked);

            assertThat(world.server().tokenRequestCount()).isEqualTo(2 * asked);
            assertThat(world.server().killedFamilyCount()).isZero();
            Console.line(kind + ": a rotation of one among " + others + " users " + among + " us, of one among " + asked
                    + " " + alone + " us (medians)");
        }
    }

    private TokenManager manager(World world) {
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead);
        return World.manager(world.server().tokenEndpoint(), world.store())
                .clock(clock)
                .ticker(() -> System.nanoTime() + ahead.toNanos())
                .residentSources(IN_MEMORY)
                .build();
    }

    private long medianMicros(World world, TokenManager tokens, int asked) throws IOException {
        ahead = ahead.plus(World.LIFE);
        long[] nanos = new long[asked];
        for (int i = 0; i < asked; i++) {
            long before = System.nanoTime();
            String token = tokens.user("user-" + i).token().value();
            nanos[i] = System.nanoTime() - before;
            assertThat(world.server().isActive(token)).isTrue();
        }
        Arrays.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos[asked / 2]);
    }

    /** What others left behind, of the form and the length that a stored token has. */
    private static void fill(Kind kind, String place, int count) throws IOException, SQLException {
        if (kind == Kind.FILES) {
            fillDirectory(Path.of(place), count);
        } else {
            String[] urlAndTable = place.split(" ", 2);
            fillTable(urlAndTable[0], urlAndTable[1], count);
        }
    }

    private static void fillDirectory(Path directory, int count) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        byte[] content = "x".repeat(CONTENT).getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(count);
        byte[] id = new byte[ID_BYTES];
        for (int i = 0; i < count; i++) {
            random.nextBytes(id);
            Path file = directory.resolve(HexFormat.of().formatHex(id) + ".token");
            Files.write(Files.createFile(file, permissions), content);
        }
    }

    private static void fillTable(String url, String table, int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into " + table + " (id, generation, content, updated_at)"
                    + " select encode(sha256(n::text::bytea), 'hex'), 1, repeat('x', " + CONTENT
                    + "), current_timestamp"
                    + " from generate_series(1, " + count + ") n");
            statement.execute("analyze " + table);
        }
    }
}
