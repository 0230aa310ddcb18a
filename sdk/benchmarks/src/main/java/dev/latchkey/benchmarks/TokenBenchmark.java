package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.peer.Library;
import dev.latchkey.benchmarks.peer.Peer;
import dev.latchkey.benchmarks.peer.StubEndpoint;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A live token, as a library gives it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {
    @Param
    Library library;

    private StubEndpoint endpoint;
    private Peer peer;

    @Setup
    public void open() throws Exception {
        endpoint = StubEndpoint.start();
        peer = library.open(endpoint.uri());
        peer.token();
    }

    @Benchmark
    public Object token() throws Exception {
        return peer.token();
    }

    @TearDown
    public void close() {
        peer.close();
        endpoint.close();
    }
}
