package dev.latchkey.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * The least that a rotation among several clients takes on this machine: the seven statements of the one that gets the lease and
 * the two of each that does not, by hand, through the same pool; and a pause in place of the endpoint.
 */
final class BareRotation {
    private static final String READ = "select generation, content from %s where id = ?";
    private static final String WRITE = "update %s set generation = generation + 1, content = ? where id = ?";
    private static final String LEASE = "update %1$s set owner = ?, until = current_timestamp + interval '5' second"
            + " where id = ? and (select until from %1$s where id = ?) <= current_timestamp and until <= current_timestamp";
    private static final String RELEASE = "update %s set until = current_timestamp where id = ? and owner = ?"
            + " and set_config('synchronous_commit', 'off', true) is not null";
    private static final String ID = "42";
    /** About as long as an encrypted token. */
    private static final String CONTENT = "x".repeat(1500);

    private final DataSource pool;
    private final String table;
    private final Duration pause;

    BareRotation(DataSource pool, String table, Duration pause) throws SQLException {
        this.pool = pool;
        this.table = table;
        this.pause = pause;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + table
                    + " (id varchar primary key, generation bigint, content text, owner varchar, until timestamptz)");
            statement.execute("insert into " + table + " values ('" + ID + "', 1, '', '', current_timestamp)");
        }
    }

    /** {@return how long after the start the first client has its token, in milliseconds, as a median} */
    double millis(int clients, int warmups, int rotations) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Double> firsts = new ArrayList<>();
            for (int rotation = -warmups; rotation < rotations; rotation++) {
                double first = first(threads, clients);
                if (rotation >= 0) {
                    firsts.add(first);
                }
            }
            return Measuring.median(firsts);
        } finally {
            threads.shutdownNow();
        }
    }

    private double first(ExecutorService threads, int clients) throws Exception {
        List<Callable<Double>> wants = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            String owner = "client " + i;
            wants.add(() -> rotated(owner) ? (System.nanoTime() - start) / 1e6 : Double.MAX_VALUE);
        }
        double first = Double.MAX_VALUE;
        for (Future<Double> has : threads.invokeAll(wants)) {
            first = Math.min(first, has.get());
        }
        return first;
    }

    private boolean rotated(String owner) throws Exception {
        read();
        if (update(LEASE, owner, ID, ID) == 0) {
            return false;
        }
        read();
        update(WRITE, CONTENT, ID);
        Thread.sleep(pause.toMillis());
        read();
        update(WRITE, CONTENT, ID);
        update(RELEASE, ID, owner);
        return true;
    }

    private void read() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ.formatted(table))) {
            statement.setString(1, ID);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no row");
                }
            }
        }
    }

    private int update(String sql, String... values) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.formatted(table))) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
