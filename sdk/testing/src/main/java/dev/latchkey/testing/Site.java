package dev.latchkey.testing;

import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** What a fake does with requests; {@link Host} does the rest, which all fakes share. */
interface Site {

    /** Records the request as one that came in; null where the fake has nothing at that path. */
    @Nullable
    Visit arrive(RecordedRequest request);

    /** Adds what every answer of this fake carries. */
    Reply finish(Reply reply);

    /** One request that came in. */
    interface Visit {

        /** Processes the request, effects included. */
        Reply process();

        /** Takes note of what was sent back; called once, before it is sent, with {@link Reply#NONE} for nothing. */
        void answered(Reply reply);
    }
}
