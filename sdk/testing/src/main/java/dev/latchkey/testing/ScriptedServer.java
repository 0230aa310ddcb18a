package dev.latchkey.testing;

import java.time.Duration;
import java.util.Objects;

/** What all fakes can do; its members show up as theirs. */
abstract class ScriptedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;

    ScriptedServer(Host host) {
        this.host = host;
    }

    Host host() {
        return host;
    }

    /** {@return the port it listens on} */
    public int port() {
        return host.port();
    }

    /**
     * Delays every answer, in real time.
     *
     * @param latency the delay. Default: none
     */
    public void latency(Duration latency) {
        host.latency(Checks.notNegative(latency, "latency"));
    }

    /**
     * Scripts the answer to the next request, behind those that are scripted already.
     *
     * @param answer the answer
     */
    public void next(Answer answer) {
        next(1, answer);
    }

    /**
     * Scripts the answer to several requests, behind those that are scripted already.
     *
     * @param times how many requests
     * @param answer the answer to each
     */
    public void next(int times, Answer answer) {
        host.script().next(Checks.atLeast(0, times, "times"), Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Scripts the answer to every request for which no other is scripted.
     *
     * @param answer the answer
     */
    public void always(Answer answer) {
        host.script().always(Objects.requireNonNull(answer, "answer"));
    }

    /** Forgets every scripted answer: from the next request on, it is well. */
    public void recover() {
        host.script().recover();
    }

    /**
     * Holds requests until {@link #release()}. A held request is recorded; what it gets, by script or not, is decided
     * when it goes on.
     */
    public void hold() {
        host.gate().hold();
    }

    /** Lets every held request go on, and those to come. */
    public void release() {
        host.gate().release();
    }

    /**
     * Waits, for ten seconds of real time at most, until that many requests have arrived since the start. An
     * authorization server counts token requests only, and so does a simulator of a provider.
     *
     * @param count how many
     * @throws AssertionError if there are fewer after ten seconds, or if the thread is interrupted
     */
    public void awaitRequests(int count) {
        host.gate().awaitArrived(count, PATIENCE);
    }

    /** Stops it, letting go of held requests and hanging connections. A second call does nothing. */
    @Override
    public void close() {
        host.close();
    }
}
