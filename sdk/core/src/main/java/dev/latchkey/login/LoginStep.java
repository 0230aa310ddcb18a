package dev.latchkey.login;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What comes of a name and a password in API mode. The server answers 200 to all three. */
public sealed interface LoginStep {
    /** They were right, and nothing is missing: the person can agree. */
    final class LoggedIn implements LoginStep {
        private final LoginToken token;
        private final String userId;

        private LoggedIn(LoginToken token, String userId) {
            this.token = token;
            this.userId = userId;
        }

        /**
         * Makes the step.
         *
         * @param token shows who agrees
         * @param userId the server's id of the person; may be empty
         * @return the step
         */
        public static LoggedIn of(LoginToken token, String userId) {
            return new LoggedIn(Objects.requireNonNull(token, "token"), Objects.requireNonNull(userId, "userId"));
        }

        /** {@return what shows who agrees} */
        public LoginToken token() {
            return token;
        }

        /** {@return the server's id of the person; may be empty} */
        public String userId() {
            return userId;
        }

        @Override
        public String toString() {
            return "LoggedIn[]";
        }
    }

    /** They were right, and a one-time password is wanted too: have it sent, ask the person, and log in again with it. */
    final class OneTimePasswordRequired implements LoginStep {
        private final String userId;
        private final @Nullable String phoneNumber;

        private OneTimePasswordRequired(String userId, @Nullable String phoneNumber) {
            this.userId = userId;
            this.phoneNumber = phoneNumber;
        }

        /**
         * Makes the step.
         *
         * @param userId the server's id of the person
         * @param phoneNumber where it would be sent, mostly hidden, or null where the server does not say
         * @return the step
         */
        public static OneTimePasswordRequired of(String userId, @Nullable String phoneNumber) {
            return new OneTimePasswordRequired(Objects.requireNonNull(userId, "userId"), phoneNumber);
        }

        /** {@return the server's id of the person} */
        public String userId() {
            return userId;
        }

        /** {@return where it would be sent, mostly hidden by the server} */
        public Optional<String> phoneNumber() {
            return Optional.ofNullable(phoneNumber);
        }

        @Override
        public String toString() {
            return "OneTimePasswordRequired[]";
        }
    }

    /** They were right, but the person has not finished registering: that goes on at the provider. */
    final class OnboardingIncomplete implements LoginStep {
        private final String phase;

        private OnboardingIncomplete(String phase) {
            this.phase = phase;
        }

        /**
         * Makes the step.
         *
         * @param phase what is missing, in the server's words
         * @return the step
         */
        public static OnboardingIncomplete of(String phase) {
            return new OnboardingIncomplete(Objects.requireNonNull(phase, "phase"));
        }

        /** {@return what is missing, in the server's words, such as PHONE_NUMBER} */
        public String phase() {
            return phase;
        }

        @Override
        public String toString() {
            return "OnboardingIncomplete[" + phase + "]";
        }
    }
}
