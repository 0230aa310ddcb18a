package dev.latchkey.provider;

import dev.latchkey.error.ErrorCode;
import java.util.List;

/**
 * The errors of Baanx, as its page "Troubleshooting" has them. Many bodies are not documented, so the code decides where there
 * is one, and the status otherwise.
 */
final class BaanxErrors {
    static final String PRODUCTION =
            "This is production, where keys of the sandbox are unknown: they work with" + " Baanx.sandbox(...) only.";
    static final String SANDBOX = "This is the sandbox, where keys of production are unknown: they work with"
            + " Baanx.production(...) only.";
    static final String ELSEWHERE = "Keys of the sandbox are unknown in production, and the other way round.";

    private static final String SESSION_STAYS = " The user's session is not in question.";

    private BaanxErrors() {}

    static List<ErrorRule> tokenEndpoint(String environment) {
        return List.of(
                ErrorRule.of(wrongKey(environment)).whenStatus(498).as(ErrorCode.INVALID_CLIENT),
                ErrorRule.of(missingKey()).whenStatus(499).as(ErrorCode.INVALID_CLIENT),
                ErrorRule.of(
                                "The request lacked the parameter that is named: code_challenge, code_challenge_method, state,"
                                        + " response_type, client_id and redirect_uri are all wanted when a sign-in begins.")
                        .whenDescription("Missing required parameter"),
                ErrorRule.of(
                                "redirect_uri must be, letter by letter, one that the administrator at Baanx has put on the list:"
                                        + " scheme, a slash at the end, and no query; http in the sandbox only.")
                        .whenDescription("redirect_uri"),
                ErrorRule.of(
                                "The session of a sign-in lasts 10 minutes: restart the sign-in, show the time that is left, and do"
                                        + " not begin it before the person is there.")
                        .whenDescription("Session expired"),
                ErrorRule.of(
                                "The code verifier is not the one whose challenge began this sign-in: complete it with the very"
                                        + " pending sign-in that was begun, from the person's own session, unchanged.")
                        .whenDescription("code_verifier"),
                ErrorRule.of(
                                "The code is used or older than 10 minutes: have the person sign in again, and pass each code on"
                                        + " once.")
                        .whenCode("invalid_grant")
                        .whenDescription("Authorization code"),
                ErrorRule.of(
                                "The refresh token is over: it lives for 7 days unless the answer said otherwise, each refresh"
                                        + " spends it, so that only the newest works, and it can be revoked. The person must sign in"
                                        + " again.")
                        .whenCode("invalid_grant"),
                ErrorRule.of(
                                "The client was not accepted: check the value of x-client-key, that x-secret-key is set with"
                                        + " tokenHeader(...) if this client needs it, and that neither was revoked. "
                                        + environment)
                        .whenCode("invalid_client"),
                ErrorRule.of("OAuth is not enabled for this client: ask the administrator at Baanx.")
                        .whenCode("unauthorized_client"));
    }

    static List<ErrorRule> api(String environment) {
        return List.of(
                ErrorRule.of(wrongKey(environment)).whenStatus(498),
                ErrorRule.of(missingKey()).whenStatus(499),
                ErrorRule.of(
                                "The access token was refused, and so was another one: only the final access token counts, which"
                                        + " the SDK sends, not the token of the login step nor that of the session; x-client-key must"
                                        + " be there too.")
                        .whenStatus(401),
                ErrorRule.of("The token is good, but this user or client lacks the permissions or the scope.")
                        .whenStatus(403),
                ErrorRule.of("Nothing is there: check the path; for card/status it means that the user has no card.")
                        .whenStatus(404),
                ErrorRule.of("A value of the request is not valid: details() of this exception says which.")
                        .whenStatus(422),
                ErrorRule.of("The platform refuses the parameters of the request, for the reason that it gives.")
                        .whenStatus(400));
    }

    private static String wrongKey(String environment) {
        return "The value of x-client-key is not known: check it for white space and missing characters. " + environment
                + SESSION_STAYS;
    }

    private static String missingKey() {
        return "The header x-client-key was absent: Baanx.production(...) and Baanx.sandbox(...) set it, a provider of your own"
                + " does so with header(\"x-client-key\", ...); also check that this host is an allowed origin, and that"
                + " no proxy drops the header." + SESSION_STAYS;
    }
}
