package dev.latchkey.store;

import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.internal.json.JsonText;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may fetch a token, as it stands in a file.
 *
 * @param owner who took the lease
 * @param until when it ends, in milliseconds of the wall clock, which all processes of a host share
 * @param life how long it was taken for, in milliseconds
 * @param process the name of the file by which its process shows that it lives
 */
record Lease(String owner, long until, long life, String process) {
    private static final Duration LONGEST = Duration.ofDays(1);

    static Lease of(String owner, Duration life, long now, String process) {
        long millis = (life.compareTo(LONGEST) < 0 ? life : LONGEST).toMillis();
        return new Lease(owner, now + millis, millis, process);
    }

    /** Also if the clock was put back by more than its life: nobody waits for a time that is far away by mistake. */
    boolean isOver(long now) {
        return now >= until || until - now > 2 * life;
    }

    byte[] write() {
        return JsonText.write(
                Map.of("owner", owner, "until", Long.toString(until), "life", Long.toString(life), "process", process));
    }

    /** {@return the lease; null where the file is none, as after a loss of power} */
    static @Nullable Lease read(byte[] file) {
        try {
            JsonObject members = JsonObject.read(file);
            String process = members.text("process").orElse("");
            if (!members.has("owner") || !AliveMarks.isMark(process)) {
                return null;
            }
            return new Lease(
                    members.text("owner").orElse(""), number(members, "until"), number(members, "life"), process);
        } catch (JsonException | NumberFormatException e) {
            return null;
        }
    }

    private static long number(JsonObject members, String name) {
        return Long.parseLong(members.text(name).orElse(""));
    }
}
