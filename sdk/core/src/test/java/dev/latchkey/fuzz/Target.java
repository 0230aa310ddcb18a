package dev.latchkey.fuzz;

import java.util.List;

/** Something of the SDK that reads what others wrote. */
public interface Target {
    /**
     * Reads one input.
     *
     * @param input anything at all
     * @throws Exception never, where all is well; a {@link Promise} that is broken is an {@link AssertionError}
     */
    void read(byte[] input) throws Exception;

    /**
     * Makes seeds that no repository may hold, or none.
     *
     * @return the seeds, beside those in the folder of the target
     * @throws Exception if they cannot be made
     */
    default List<byte[]> madeSeeds() throws Exception {
        return List.of();
    }
}
