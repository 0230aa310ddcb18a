package dev.latchkey.internal.endpoint;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.TransportException;
import dev.latchkey.internal.http.RequestFacts;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what it means that no answer came. */
final class TransportFailures {
    private TransportFailures() {}

    /** The message of an exception may quote what a server sent, so a cause is kept only where its text is the JDK's. */
    static TransportException of(IOException error, RequestFacts facts, boolean sent) {
        Kind kind = Kind.of(error);
        String fate = sent ? "after the request had begun to go out" : "before anything was sent";
        ErrorDetails details = ErrorDetails.builder(facts.attempt(), kind.outcome + " (" + fate + ")")
                .where(facts.where())
                .provider(facts.provider())
                .remedy(kind.remedy)
                .retryable(kind.retryable)
                .requestSent(sent)
                .build();
        return new TransportException(details, cause(error, kind));
    }

    static TransportException signerFailed(IOException error, String where, String provider) {
        ErrorDetails details = ErrorDetails.builder(
                        "Token request",
                        "the assertion was not signed, since the signer threw "
                                + error.getClass().getName())
                .where(where)
                .provider(provider)
                .remedy(
                        "Look at the signer that was given to SigningKey.external: its service, its permissions, its quota.")
                .retryable(true)
                .requestSent(false)
                .build();
        return new TransportException(details, error);
    }

    /** What only the first signature brings to light: a pair of keys that is none, or no key that is active yet. */
    static TransportException keyUnfit(IllegalStateException error, String where, String provider) {
        ErrorDetails details = ErrorDetails.builder(
                        "Token request", "the assertion was not signed: " + error.getMessage())
                .where(where)
                .provider(provider)
                .remedy(
                        "Check the key given to signingKey(...): the pair it is of, and the time from which it is active.")
                .requestSent(false)
                .build();
        return new TransportException(details, error);
    }

    private static @Nullable Throwable cause(IOException error, Kind kind) {
        return kind == Kind.CUT ? null : error;
    }

    private enum Kind {
        NAME(
                true,
                "the host name is not known",
                "Check the spelling of the token endpoint, and the DNS of this machine."),
        CONNECT(
                true,
                "no connection was made",
                "Check that the server is up, and that firewall and proxy let this machine through; a proxy is a setting of"
                        + " the OkHttpClient given to httpClient(…)."),
        TLS(
                false,
                "TLS failed",
                "Check that the certificate of the server is valid for its host and not expired, and that this machine"
                        + " trusts its issuer; a trust store is a setting of the OkHttpClient given to httpClient(…)."),
        HANDSHAKE(
                true,
                "the TLS connection was cut off",
                "Try again; if it happens always, check that this port speaks TLS, and look at what stands between this"
                        + " machine and the server."),
        TIMEOUT(
                true,
                "no whole answer came in time",
                "Check the health of the server; raise requestTimeout(…) if it is known to be slow."),
        CUT(
                true,
                "the connection broke off",
                "Try again; if it happens often, look at what stands between this machine and the server.");

        private final boolean retryable;
        private final String outcome;
        private final String remedy;

        Kind(boolean retryable, String outcome, String remedy) {
            this.retryable = retryable;
            this.outcome = outcome;
            this.remedy = remedy;
        }

        static Kind of(IOException error) {
            if (error instanceof UnknownHostException) {
                return NAME;
            }
            if (error instanceof SSLException) {
                return isCutOff(error) ? HANDSHAKE : TLS;
            }
            if (error instanceof InterruptedIOException) {
                return TIMEOUT;
            }
            return error instanceof ConnectException || error instanceof NoRouteToHostException ? CONNECT : CUT;
        }

        /** A server that goes away in the middle of a handshake, as it does when it restarts, has refused nothing. */
        private static boolean isCutOff(IOException error) {
            return error.getCause() instanceof SocketException || error.getCause() instanceof EOFException;
        }
    }
}
