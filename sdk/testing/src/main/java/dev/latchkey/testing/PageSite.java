package dev.latchkey.testing;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** One page that anyone may read, such as a discovery document, as it is at that moment; not counted. */
record PageSite(String path, Supplier<Reply> page, UnaryOperator<Reply> finish) implements Site {

    @Override
    public @Nullable Visit arrive(RecordedRequest request) {
        boolean asked = request.getMethod().equals("GET")
                && request.getUrl().encodedPath().equals(path);
        return asked ? new PageVisit(page.get()) : null;
    }

    @Override
    public Reply finish(Reply reply) {
        return finish.apply(reply);
    }

    private record PageVisit(Reply page) implements Visit {

        @Override
        public Reply process() {
            return page;
        }

        @Override
        public void answered(Reply reply) {
            // Nobody asks how often it was read.
        }
    }
}
