package dev.latchkey.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a simulator can be told; its members show up as those of the simulators. */
abstract class SimulatorControls extends ScriptedServer {

    private static final Answer WEB_PAGE = Answer.html(
            502, "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>");

    private final SimulatorState state;
    private final Dialect dialect;
    private final Script apiScript = new Script();
    private final Script pageScript = new Script();

    SimulatorControls(SimulatorState state, Dialect dialect) {
        super(Host.start(null));
        this.state = state;
        this.dialect = dialect;
    }

    SimulatorState state() {
        return state;
    }

    Script apiScript() {
        return apiScript;
    }

    /** Of pages that are neither the token endpoint nor the API. */
    Script pageScript() {
        return pageScript;
    }

    /**
     * Scripts the answer to the next API call, behind those that are scripted already.
     *
     * @param answer the answer
     */
    public void nextApi(Answer answer) {
        nextApi(1, answer);
    }

    /**
     * Scripts the answer to several API calls, behind those that are scripted already.
     *
     * @param times how many calls
     * @param answer the answer to each
     */
    public void nextApi(int times, Answer answer) {
        apiScript.next(Checks.atLeast(0, times, "times"), Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Scripts the answer to every API call for which no other is scripted.
     *
     * @param answer the answer
     */
    public void alwaysApi(Answer answer) {
        apiScript.always(Objects.requireNonNull(answer, "answer"));
    }

    /**
     * Scripts a documented error of this provider as the answer to the next request at the endpoint where it comes: an
     * error of the token endpoint to the next token request, any other to the next API call.
     *
     * @param id the error, one of {@link #errors()}
     * @throws IllegalArgumentException if this provider has no such error; the message lists those it has
     */
    public void nextError(String id) {
        DocumentedError error = state.errors.require(Objects.requireNonNull(id, "id"));
        if (error.isOfTokenEndpoint()) {
            next(error.answer());
        } else {
            nextApi(error.answer());
        }
    }

    /** {@return the documented errors of this provider} */
    public List<DocumentedError> errors() {
        return state.errors.errors();
    }

    /** Forgets every scripted answer, at the token endpoint and at the API: from the next request on, it is well. */
    @Override
    public void recover() {
        super.recover();
        apiScript.recover();
        pageScript.recover();
    }

    /** Answers every request for which nothing else is scripted as this provider throttles, until {@link #recover()}. */
    public void rateLimit() {
        standing(dialect.throttled());
    }

    /** Answers every request for which nothing else is scripted as this provider does when it is down, until {@link #recover()}. */
    public void goDown() {
        standing(dialect.down());
    }

    /** Answers every request for which nothing else is scripted with a gateway's web page and status 502, until {@link #recover()}. */
    public void answerHtml() {
        standing(Dialect.Pair.both(WEB_PAGE));
    }

    private void standing(Dialect.Pair answers) {
        always(answers.token());
        alwaysApi(answers.api());
        pageScript.always(answers.api());
    }

    /**
     * Ends an access token, or a refresh token with all that came of it. An unknown one is ignored.
     *
     * @param token the token
     */
    public void revoke(String token) {
        state.accessTokens.revoke(token);
        state.refreshTokens.revoke(token);
    }

    /** Ends every access token issued so far. Refresh tokens stay good. */
    public void revokeAll() {
        state.accessTokens.revokeAll();
    }

    /**
     * Ends an access token as if its life were over. An unknown one is ignored.
     *
     * @param token the token
     */
    public void expire(String token) {
        state.accessTokens.expire(token);
    }

    /** Ends every access token issued so far, as if their lives were over. Refresh tokens stay good. */
    public void expireAll() {
        state.accessTokens.expireAll();
    }

    /**
     * Puts the server's clock off, for its checks of assertions and for the header {@code Date}. The lives of tokens do
     * not change.
     *
     * @param offset how far the server's clock is ahead, negative for behind. Default: none
     */
    public void clockOffset(Duration offset) {
        state.settings.clockOffset = Objects.requireNonNull(offset, "offset");
    }

    /**
     * Tells whether answers carry the header {@code Date}, by the server's clock.
     *
     * @param send whether they do. Default: true, as with the real ones
     */
    public void sendDate(boolean send) {
        state.settings.sendDate = send;
    }

    /**
     * Sets how long access tokens live that are issued from now on.
     *
     * @param life the life. Default: as the provider documents it
     */
    public void tokenLife(Duration life) {
        state.settings.tokenLife = Checks.notNegative(life, "life");
    }
}
