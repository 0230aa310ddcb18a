package dev.latchkey.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;

/** Turns a reply and its script into what the web server is to do on the wire. */
final class Wire {

    private Wire() {}

    static boolean isSent(Answer answer) {
        return answer.ending() == Answer.Ending.NONE || answer.ending() == Answer.Ending.CLOSE_AT_NEXT_REQUEST;
    }

    static MockResponse plain(Reply reply) {
        return of(reply, Answer.normal(), Duration.ZERO);
    }

    static MockResponse of(Reply reply, Answer answer, Duration latency) {
        if (!isSent(answer)) {
            return new MockResponse.Builder()
                    .onResponseStart(
                            answer.ending() == Answer.Ending.HANG
                                    ? SocketEffect.Stall.INSTANCE
                                    : new SocketEffect.CloseSocket())
                    .build();
        }
        MockResponse.Builder response = new MockResponse.Builder().code(reply.status());
        addBody(response, reply.body(), answer.pace());
        addHeaders(response, reply.headers());
        addHeaders(response, answer.headers());
        Duration delay = latency.plus(answer.pace().delay());
        return response.headersDelay(delay.toNanos(), TimeUnit.NANOSECONDS).build();
    }

    private static void addHeaders(MockResponse.Builder response, Headers headers) {
        headers.asMap().forEach((name, values) -> response.setHeader(name, values.get(0)));
    }

    private static void addBody(MockResponse.Builder response, ByteString body, Answer.Pace pace) {
        int kept = kept(body, pace.cutAfter());
        response.body(new Buffer().write(body, 0, kept));
        if (kept < body.size()) {
            response.setHeader("Content-Length", body.size()).onResponseEnd(new SocketEffect.CloseSocket());
        }
        if (pace.bytes() > 0) {
            response.throttleBody(pace.bytes(), pace.period().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static int kept(ByteString body, int cutAfter) {
        if (cutAfter == Answer.MIDDLE) {
            return body.size() / 2;
        }
        return cutAfter < 0 ? body.size() : Math.min(cutAfter, body.size());
    }
}
