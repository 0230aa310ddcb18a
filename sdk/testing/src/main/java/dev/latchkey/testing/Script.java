package dev.latchkey.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/** The answers to come: first the queued ones, each once, then the standing one. */
final class Script {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Answer> queue = new ArrayDeque<>();
    private Answer standing = Answer.normal();

    void next(int times, Answer answer) {
        lock.lock();
        try {
            for (int i = 0; i < times; i++) {
                queue.add(answer);
            }
        } finally {
            lock.unlock();
        }
    }

    void always(Answer answer) {
        lock.lock();
        try {
            standing = answer;
        } finally {
            lock.unlock();
        }
    }

    void recover() {
        lock.lock();
        try {
            queue.clear();
            standing = Answer.normal();
        } finally {
            lock.unlock();
        }
    }

    Answer take() {
        lock.lock();
        try {
            Answer queued = queue.poll();
            return queued == null ? standing : queued;
        } finally {
            lock.unlock();
        }
    }
}
