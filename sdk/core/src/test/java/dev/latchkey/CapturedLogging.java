package dev.latchkey;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that goes to {@code java.util.logging}, whoever logs and at whatever level: that is where OkHttp speaks. */
final class CapturedLogging extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter format = new SimpleFormatter();
    private final Logger root = Logger.getLogger("");
    private final Logger okHttp = Logger.getLogger("okhttp3");
    private Level before = Level.INFO;

    void start() {
        before = root.getLevel();
        root.setLevel(Level.FINEST);
        for (String name : new String[] {"OkHttpClient", "internal.http2.Http2", "internal.concurrent.TaskRunner"}) {
            Logger.getLogger("okhttp3." + name).setLevel(Level.FINEST);
        }
        okHttp.setLevel(Level.FINEST);
        setLevel(Level.ALL);
        root.addHandler(this);
    }

    void stop() {
        root.removeHandler(this);
        root.setLevel(before);
        okHttp.setLevel(null);
        for (String name : new String[] {"OkHttpClient", "internal.http2.Http2", "internal.concurrent.TaskRunner"}) {
            Logger.getLogger("okhttp3." + name).setLevel(null);
        }
    }

    void forget() {
        lines.clear();
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord message) {
        lines.add(message.getLoggerName() + " " + format.format(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
