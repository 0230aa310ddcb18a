package dev.latchkey.testing;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The header {@code Date} of answers, by the server's clock, where the server sends one. */
record DateHeader(InstantSource clock, Settings settings) {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    Reply on(Reply reply) {
        return settings.sendDate ? reply.with("Date", HTTP_DATE.format(clock.instant())) : reply;
    }
}
