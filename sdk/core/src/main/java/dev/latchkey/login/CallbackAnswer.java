package dev.latchkey.login;

import dev.latchkey.grant.AuthorizationCodeGrant;
import java.util.Objects;

/** What a callback says. */
public sealed interface CallbackAnswer {
    /** The person agreed. */
    final class Agreed implements CallbackAnswer {
        private final AuthorizationCodeGrant grant;

        Agreed(AuthorizationCodeGrant grant) {
            this.grant = Objects.requireNonNull(grant, "grant");
        }

        /** {@return what buys the tokens, once} */
        public AuthorizationCodeGrant grant() {
            return grant;
        }
    }

    /** The person said no. */
    final class Declined implements CallbackAnswer {
        private final String description;

        Declined(String description) {
            this.description = Objects.requireNonNull(description, "description");
        }

        /** {@return the server's words; may be empty} */
        public String description() {
            return description;
        }
    }
}
