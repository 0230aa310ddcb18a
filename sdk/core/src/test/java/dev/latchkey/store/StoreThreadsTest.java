package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.error.TokenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are touched by threads of the store's own, which keep nobody waiting at the end of a program. */
@Timeout(20)
class StoreThreadsTest {
    private static final Path DIRECTORY = Path.of("tokens");
    private final StoreThreads threads = new StoreThreads(DIRECTORY);

    @Test
    void call_runsOnADaemon_thatHoldsNoClassLoaderOfTheCaller() throws Exception {
        Thread thread = threads.call(Thread::currentThread);

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("latchkey-store-");
        assertThat(threads.<Boolean>call(() -> Thread.currentThread().getContextClassLoader() == null))
                .isTrue();
    }

    @Test
    void call_thatFails_saysWhy() {
        IOException cause = new IOException("gone");
        TokenStoreException known = StoreFailures.notAToken();
        IllegalStateException bug = new IllegalStateException("bug");

        assertThatThrownBy(() -> threads.call(() -> {
                    throw cause;
                }))
                .isInstanceOf(TokenStoreException.class)
                .hasCause(cause)
                .hasMessageContaining("tokens");
        Throwable told = catchThrowable(() -> threads.call(() -> {
            throw known;
        }));
        assertThat(told).isInstanceOf(TokenStoreException.class).hasMessage(known.getMessage());
        assertThatThrownBy(() -> threads.call(() -> {
                    throw bug;
                }))
                .isSameAs(bug);
    }

    @Test
    void call_ofAnInterruptedThread_worksAndLeavesItInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        assertThat(threads.<String>call(() -> "done")).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }
}
