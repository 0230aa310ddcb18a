package dev.latchkey;

import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.LoginException;
import dev.latchkey.error.LoginFailure;
import dev.latchkey.error.OAuthException;
import java.util.Locale;

/** Tells what a server refused about a sign-in from what it refused about the client. */
final class LoginRefusals {
    private LoginRefusals() {}

    /** By the words, since all of it comes under the same codes; what is not understood stays as it is. */
    static OAuthException of(OAuthException refusal) {
        String words = refusal.details().description().orElse("").toLowerCase(Locale.ROOT);
        if (words.contains("verifier") || words.contains("pkce")) {
            return of(refusal, LoginFailure.CODE_VERIFIER_REFUSED);
        }
        return words.contains("redirect") ? of(refusal, LoginFailure.REDIRECT_URI_REFUSED) : refusal;
    }

    private static LoginException of(OAuthException refusal, LoginFailure failure) {
        return of(refusal, failure, refusal.remedy());
    }

    static LoginException of(OAuthException refusal, LoginFailure failure, String remedy) {
        ErrorDetails seen = refusal.details();
        return new LoginException(
                failure,
                ErrorDetails.builder(seen.attempt(), seen.outcome())
                        .where(seen.where().orElse(null))
                        .provider(seen.provider().orElse(null))
                        .status(seen.status())
                        .errorCode(seen.errorCode().orElse(null))
                        .description(seen.description().orElse(null))
                        .requestId(seen.requestId().orElse(null))
                        .remedy(remedy)
                        .build(),
                refusal);
    }
}
