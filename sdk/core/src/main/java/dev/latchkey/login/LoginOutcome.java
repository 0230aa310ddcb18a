package dev.latchkey.login;

import dev.latchkey.token.IdToken;
import dev.latchkey.token.TokenResponse;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a sign-in ended. */
public sealed interface LoginOutcome {
    /**
     * The person signed in. Give this to {@code TokenManager.adopt} under the application's own id of the user.
     *
     * <p>Thread-safety: immutable.
     */
    final class SignedIn implements LoginOutcome {
        private final TokenResponse response;
        private final Instant sentAt;
        private final @Nullable IdToken idToken;

        private SignedIn(TokenResponse response, Instant sentAt, @Nullable IdToken idToken) {
            this.response = response;
            this.sentAt = sentAt;
            this.idToken = idToken;
        }

        /**
         * Makes the outcome.
         *
         * @param response what the code bought
         * @param sentAt the instant before the request was sent
         * @param idToken who signed in, or null where the server did not say
         * @return the outcome
         */
        public static SignedIn of(TokenResponse response, Instant sentAt, @Nullable IdToken idToken) {
            return new SignedIn(
                    Objects.requireNonNull(response, "response"), Objects.requireNonNull(sentAt, "sentAt"), idToken);
        }

        /** {@return what the code bought} */
        public TokenResponse response() {
            return response;
        }

        /** {@return the instant before the request was sent, from which the lives of the tokens count} */
        public Instant sentAt() {
            return sentAt;
        }

        /** {@return who signed in, checked; present where the scope has {@code openid}} */
        public Optional<IdToken> idToken() {
            return Optional.ofNullable(idToken);
        }

        @Override
        public String toString() {
            return "SignedIn[" + response + ", idToken=" + (idToken == null ? "none" : "present") + "]";
        }
    }

    /**
     * The person said no.
     *
     * <p>Thread-safety: immutable.
     */
    final class Declined implements LoginOutcome {
        private final String description;

        private Declined(String description) {
            this.description = description;
        }

        /**
         * Makes the outcome.
         *
         * @param description the server's words; may be empty
         * @return the outcome
         */
        public static Declined of(String description) {
            return new Declined(Objects.requireNonNull(description, "description"));
        }

        /** {@return the server's words; may be empty. They came through the browser: show them escaped, if at all} */
        public String description() {
            return description;
        }

        @Override
        public String toString() {
            return "Declined[]";
        }
    }
}
