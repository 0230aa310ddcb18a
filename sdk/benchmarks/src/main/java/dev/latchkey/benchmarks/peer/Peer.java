package dev.latchkey.benchmarks.peer;

/** A way to have a token at hand, as its users call it. */
public interface Peer extends AutoCloseable {
    /** {@return the token, as the library gives it} */
    Object token() throws Exception;

    /** {@return the value of the {@code Authorization} header, made as users of the library make it} */
    String authorization() throws Exception;

    @Override
    default void close() {}
}
