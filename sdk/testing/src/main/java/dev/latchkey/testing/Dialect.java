package dev.latchkey.testing;

/** How a provider speaks when it is not well, at its token endpoint and at its API. */
record Dialect(Pair throttled, Pair down) {

    /** One answer for each of the two. */
    record Pair(Answer token, Answer api) {

        static Pair both(Answer answer) {
            return new Pair(answer, answer);
        }
    }
}
