package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** What an endpoint of the authorization server saw: each request in the order of arrival, and each misuse. */
final class Journal {

    private final ReentrantLock lock = new ReentrantLock();
    private final String kind;
    private final List<RecordedTokenRequest> requests = new ArrayList<>();
    private final Violations violations;

    /** Of the token endpoint. */
    Journal() {
        this("Token request ", new Violations());
    }

    private Journal(String kind, Violations violations) {
        this.kind = kind;
        this.violations = violations;
    }

    /** Of another endpoint of the same server, whose misuses are told together with these. */
    Journal beside(String otherKind) {
        return new Journal(otherKind + " ", violations);
    }

    /** The request with its number, which is its place in the order of arrival, counted from 1. */
    TokenRequest arrived(TokenRequest request) {
        lock.lock();
        try {
            TokenRequest numbered = request.numbered(requests.size() + 1);
            requests.add(RecordedTokenRequest.arrived(numbered));
            return numbered;
        } finally {
            lock.unlock();
        }
    }

    void refused(TokenRequest request, String reason) {
        update(request, recorded -> recorded.refused(reason));
    }

    void answered(TokenRequest request, Reply reply) {
        update(request, recorded -> recorded.answered(reply));
    }

    private void update(TokenRequest request, UnaryOperator<RecordedTokenRequest> change) {
        lock.lock();
        try {
            int index = request.number() - 1;
            requests.set(index, change.apply(requests.get(index)));
        } finally {
            lock.unlock();
        }
    }

    void violation(TokenRequest request, String sentence) {
        violations.add(kind + request.number() + ": " + sentence);
    }

    void violation(RecordedApiRequest request, String sentence) {
        violations.add("API request " + request.sequenceNumber() + ": " + sentence);
    }

    List<RecordedTokenRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    List<String> violations() {
        return violations.all();
    }
}
