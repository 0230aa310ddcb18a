package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** An API at every path: takes note of each request, has it judged, answers it. */
final class ApiSite implements Site {

    private final ApiRules rules;
    private final UnaryOperator<Reply> finish;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RecordedApiRequest> requests = new ArrayList<>();

    ApiSite(ApiRules rules, UnaryOperator<Reply> finish) {
        this.rules = rules;
        this.finish = finish;
    }

    List<RecordedApiRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Visit arrive(RecordedRequest request) {
        RecordedApiRequest recorded = record(TokenRequestReader.head(request), TokenRequestReader.body(request));
        rules.arrived(recorded);
        return new ApiVisit(recorded);
    }

    private RecordedApiRequest record(TokenRequest.Head head, ByteString body) {
        lock.lock();
        try {
            RecordedApiRequest recorded = new RecordedApiRequest(requests.size() + 1, head, body, 0);
            requests.add(recorded);
            return recorded;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply finish(Reply reply) {
        return finish.apply(reply);
    }

    private void answered(RecordedApiRequest request, int status) {
        lock.lock();
        try {
            requests.set(request.sequenceNumber() - 1, request.answered(status));
        } finally {
            lock.unlock();
        }
    }

    private final class ApiVisit implements Visit {

        private final RecordedApiRequest request;

        ApiVisit(RecordedApiRequest request) {
            this.request = request;
        }

        @Override
        public Reply process() {
            return rules.answer(request);
        }

        @Override
        public void answered(Reply reply) {
            ApiSite.this.answered(request, reply.status());
        }
    }
}
