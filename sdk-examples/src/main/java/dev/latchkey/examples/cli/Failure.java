package dev.latchkey.examples.cli;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.DisallowedOriginException;
import dev.latchkey.error.ErrorCode;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TokenRequestException;
import java.io.IOException;
import java.util.Optional;

/**
 * Why a run did not do what it was asked to.
 *
 * @param exitCode what the shell is told
 * @param type the type of the exception, or {@code Usage}
 * @param message what was tried and what came back
 * @param remedy what to do
 * @param details what the library knows, empty where it was not the library that failed
 */
record Failure(int exitCode, String type, String message, String remedy, Optional<ErrorDetails> details) {
    static Failure of(Exception e) {
        if (e instanceof OAuthException refused) {
            return of(refused);
        }
        if (e instanceof UsageException || e instanceof IllegalArgumentException) {
            return new Failure(ExitCode.USAGE, "Usage", String.valueOf(e.getMessage()), "", Optional.empty());
        }
        return e instanceof IOException unreachable ? noAnswer(unreachable) : bug(e);
    }

    private static Failure of(OAuthException e) {
        String remedy = e.remedy();
        String all = String.valueOf(e.getMessage());
        String message = all.endsWith(remedy) ? all.substring(0, all.length() - remedy.length()) : all;
        return new Failure(
                exitCode(e), e.getClass().getSimpleName(), message.strip(), remedy, Optional.of(e.details()));
    }

    private static int exitCode(OAuthException e) {
        if (e instanceof TokenRequestException) {
            return ExitCode.REFUSED_BY_AUTHORIZATION_SERVER;
        }
        if (e instanceof ApiException) {
            return ExitCode.REFUSED_BY_API;
        }
        return e instanceof DisallowedOriginException ? ExitCode.USAGE : ExitCode.NO_USABLE_ANSWER;
    }

    /** The API could not be reached: OkHttp's own exception, whose message names the host at most. */
    private static Failure noAnswer(IOException e) {
        return new Failure(
                ExitCode.NO_USABLE_ANSWER,
                e.getClass().getSimpleName(),
                "No usable answer from the API: " + e.getMessage() + ".",
                "Check host, port, proxy and certificate of the URL, and try again.",
                Optional.empty());
    }

    /** The message of an unforeseen exception may hold anything, so only its place is shown. */
    private static Failure bug(Exception e) {
        StackTraceElement[] stack = e.getStackTrace();
        String place = stack.length == 0 ? "an unknown place" : stack[0].toString();
        return new Failure(
                ExitCode.BUG,
                e.getClass().getSimpleName(),
                "Unexpected " + e.getClass().getName() + " at " + place + ".",
                "Please report it with the options used, without their values.",
                Optional.empty());
    }

    Optional<String> code() {
        return details.flatMap(ErrorDetails::errorCode).map(ErrorCode::value);
    }

    Optional<Integer> status() {
        return details.map(ErrorDetails::status).filter(status -> status > 0);
    }

    Optional<String> description() {
        return details.isEmpty() ? Optional.of(message) : details.get().description();
    }

    boolean retryable() {
        return details.map(ErrorDetails::isRetryable).orElse(exitCode == ExitCode.NO_USABLE_ANSWER);
    }
}
