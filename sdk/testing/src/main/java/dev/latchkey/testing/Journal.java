package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** What the authorization server saw: each token request in the order of arrival, and each misuse. */
final class Journal {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<RecordedTokenRequest> requests = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

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
        violation("Token request " + request.number() + ": " + sentence);
    }

    void violation(RecordedApiRequest request, String sentence) {
        violation("API request " + request.sequenceNumber() + ": " + sentence);
    }

    private void violation(String sentence) {
        lock.lock();
        try {
            violations.add(sentence);
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return List.copyOf(violations);
        } finally {
            lock.unlock();
        }
    }
}
