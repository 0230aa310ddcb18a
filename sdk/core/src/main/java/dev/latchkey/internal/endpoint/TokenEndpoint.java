package dev.latchkey.internal.endpoint;

import dev.latchkey.clientauth.AuthenticationContext;
import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.InvalidGrantException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.event.ClockCorrected;
import dev.latchkey.event.TokenEvent;
import dev.latchkey.event.TokenRequestFailed;
import dev.latchkey.grant.Grant;
import dev.latchkey.grant.RefreshTokenGrant;
import dev.latchkey.internal.http.AnswerReader;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.time.Time;
import dev.latchkey.provider.Provider;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint (RFC 6749, section 3.2). A request goes out once, follows no redirect, and is never sent again
 * unseen.
 *
 * <p>Thread-safety: safe. Blocks while it waits for the answer.
 */
public final class TokenEndpoint {
    private final OkHttpClient http;
    private final Provider provider;
    private final TokenRequestComposer composer;
    private final Time time;
    private final ServerClock serverClock;
    private final Consumer<TokenEvent> events;

    public TokenEndpoint(
            OkHttpClient http,
            Provider provider,
            ClientAuthentication authentication,
            AuthenticationContext context,
            Surroundings surroundings) {
        this.http = http;
        this.provider = provider;
        this.composer = new TokenRequestComposer(provider, authentication, context);
        this.time = surroundings.time();
        this.serverClock = new ServerClock();
        this.events = surroundings.events();
    }

    /**
     * What the endpoint takes from its manager.
     *
     * @param time its clocks
     * @param events where events go
     */
    public record Surroundings(Time time, Consumer<TokenEvent> events) {}

    /**
     * Requests a token. Where the server refuses an assertion and its clock differs from this machine's, that is mended
     * and a second request goes out, once. Where it does not know the client by one key and there is another, that one signs
     * a second request, once.
     *
     * @param key whose token it is
     * @param grant what entitles the client to it
     * @param lastLook is asked when all is signed and nothing is sent yet
     * @return the response
     * @throws OAuthException if no token came
     */
    public ReceivedToken request(TokenKey key, Grant grant, LastLook lastLook) throws OAuthException {
        Attempt first = new Attempt(key, grant, lastLook, composer);
        try {
            return first.send();
        } catch (TokenRequestException refused) {
            if (first.clockExplains(refused)) {
                return new Attempt(key, grant, lastLook, composer).send();
            }
            return withOtherKey(first, refused);
        }
    }

    /** A server that refuses the client has spent nothing, so the same grant is good for the second request. */
    private ReceivedToken withOtherKey(Attempt first, TokenRequestException refused) throws OAuthException {
        TokenRequestComposer other = first.otherKey(refused);
        if (other == null) {
            throw refused;
        }
        try {
            return new Attempt(first.key, first.grant, first.lastLook, other).send();
        } catch (InvalidClientException again) {
            throw refused;
        }
    }

    /** A last look before a request goes out. */
    @FunctionalInterface
    public interface LastLook {
        /** Throws what keeps the request from going out. */
        void check() throws OAuthException;
    }

    /** {@return how far the server's clock is known to be ahead of this machine's} */
    public Duration clockOffset() {
        return serverClock.offset();
    }

    /** One request on the wire, from composing it to judging its answer. */
    private final class Attempt {
        private final TokenKey key;
        private final Grant grant;
        private final LastLook lastLook;
        private final TokenRequestComposer composer;
        private final long sentNanos = time.nanos();
        private final Instant sentAt = time.now();
        private boolean hadAssertion;
        private final Duration offset = serverClock.offset();
        private @Nullable HttpAnswer answer;

        Attempt(TokenKey key, Grant grant, LastLook lastLook, TokenRequestComposer composer) {
            this.key = key;
            this.grant = grant;
            this.lastLook = lastLook;
            this.composer = composer;
        }

        ReceivedToken send() throws OAuthException {
            try {
                return new ReceivedToken(exchange(composed()), sentAt, sentNanos);
            } catch (OAuthException e) {
                events.accept(TokenRequestFailed.of(key, e, Duration.ofNanos(time.nanos() - sentNanos)));
                throw e;
            }
        }

        private TokenRequest composed() throws OAuthException {
            try {
                return composer.compose(key, grant, sentAt.plus(offset));
            } catch (IOException e) {
                throw TransportFailures.signerFailed(e, composer.where(), provider.name());
            } catch (IllegalStateException e) {
                throw TransportFailures.keyUnfit(e, composer.where(), provider.name());
            }
        }

        private TokenResponse exchange(TokenRequest request) throws OAuthException {
            hadAssertion = request.hasAssertion();
            lastLook.check();
            events.accept(request.event());
            HttpAnswer received = answerTo(request);
            answer = received;
            return TokenAnswers.read(received, request.facts());
        }

        private HttpAnswer answerTo(TokenRequest request) throws OAuthException {
            try (Response response = http.newCall(request.http()).execute()) {
                return AnswerReader.readToken(response, time.now());
            } catch (IOException e) {
                throw TransportFailures.of(e, request.facts(), request.body().hasBegun());
            }
        }

        @Nullable
        TokenRequestComposer otherKey(TokenRequestException refused) {
            return hadAssertion && refused instanceof InvalidClientException
                    ? composer.withOtherKeyAt(sentAt.plus(offset)).orElse(null)
                    : null;
        }

        /** A refresh token is dead whatever the clocks say, and sending it again looks like theft. */
        private boolean refusedToken(TokenRequestException refused) {
            return grant instanceof RefreshTokenGrant && refused instanceof InvalidGrantException;
        }

        /** Only a refusal counts: as long as the server takes our times, or wants to be left alone, so are they. */
        boolean clockExplains(TokenRequestException refused) {
            boolean refusedAssertion =
                    hadAssertion && refused.status() < 500 && !refused.isRetryable() && !refusedToken(refused);
            Duration serverAhead = refusedAssertion ? serverAhead() : null;
            if (serverAhead == null || !serverClock.follow(serverAhead, offset)) {
                return false;
            }
            events.accept(ClockCorrected.of(key, serverAhead));
            return true;
        }

        private @Nullable Duration serverAhead() {
            return answer == null
                    ? null
                    : answer.clockAheadSeconds()
                            .map(ahead -> Duration.ofSeconds(-ahead))
                            .orElse(null);
        }
    }
}
