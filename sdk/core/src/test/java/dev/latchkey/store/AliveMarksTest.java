package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process lives for as long as it holds the lock of its file. What processes do is in FileTokenStoreProcessesTest. */
@Timeout(20)
class AliveMarksTest {
    private @TempDir Path directory;
    private AliveMarks marks;

    @BeforeEach
    void open() {
        marks = new AliveMarks(directory, Permissions.of(directory));
    }

    /** The file of a process that is not this one. */
    private Path foreign() throws Exception {
        return Files.createFile(directory.resolve("1-2-" + UUID.randomUUID() + ".alive"));
    }

    @Test
    void own_again_isTheSameFile_untilSomebodyDeletesIt() throws Exception {
        String own = marks.own();

        assertThat(AliveMarks.isMark(own)).isTrue();
        assertThat(marks.own()).isEqualTo(own);
        assertThat(directory.resolve(own)).exists();
        Files.delete(directory.resolve(own));
        assertThat(marks.own()).isNotEqualTo(own);
        assertThat(directory.resolve(marks.own())).exists();
    }

    @Test
    void isMark_ofAnyOtherName_isFalse() {
        assertThat(AliveMarks.isMark("1-2-" + UUID.randomUUID() + ".alive")).isTrue();
        assertThat(AliveMarks.isMark("../1-2-" + UUID.randomUUID() + ".alive")).isFalse();
        assertThat(AliveMarks.isMark("1-2-x.alive")).isFalse();
        assertThat(AliveMarks.isMark("lock")).isFalse();
    }

    @Test
    void isDead_ofThisProcess_isFalse() throws Exception {
        String own = marks.own();

        assertThat(marks.isDead(own)).isFalse();
        assertThat(new AliveMarks(directory, Permissions.of(directory)).isDead(own))
                .isFalse();
        assertThat(directory.resolve(own)).exists();
    }

    @Test
    void isDead_ofAFileThatNobodyLocks_isTrue_andTheFileGoes() throws Exception {
        Path dead = foreign();

        assertThat(marks.isDead(dead.getFileName().toString())).isTrue();
        assertThat(dead).doesNotExist();
        assertThat(marks.isDead(dead.getFileName().toString())).isTrue();
    }

    @Test
    void isDead_ofAFileThatIsLocked_isFalse_andTheFileStays() throws Exception {
        Path alive = foreign();
        try (FileChannel channel = FileChannel.open(alive, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(marks.isDead(alive.getFileName().toString())).isFalse();
        }
        assertThat(alive).exists();
    }

    @Test
    void sweep_removesTheFilesOfTheDead_andNothingElse() throws Exception {
        Path dead = foreign();
        Path other = Files.createFile(directory.resolve("notes.alive"));
        String own = marks.own();

        marks.sweep();

        assertThat(dead).doesNotExist();
        assertThat(other).exists();
        assertThat(directory.resolve(own)).exists();
    }
}
