package dev.latchkey.provider;

import dev.latchkey.error.ErrorCode;
import java.time.Duration;
import java.util.List;

/**
 * The errors of the OLX Partner API, as its page "Authorization errors" and its contract have them. The status of two of them is
 * not documented, so their code decides.
 */
final class OlxPartnerErrors {
    /** An address that goes over the limit is blocked for so long. */
    private static final Duration BLOCK = Duration.ofMinutes(30);

    private static final String ONE_COUNTRY = " A client belongs to one country: check OlxPartner.country(...).";

    private OlxPartnerErrors() {}

    static List<ErrorRule> tokenEndpoint() {
        return List.of(
                says(
                        "Missing parameter: \"code\"",
                        "The request had no code: pass the callback on as it came, with its" + " code."),
                says(
                        "Authorization code doesn't exist",
                        "The code is used, older than 10 minutes, or of another client:" + " begin the sign-in again."
                                + ONE_COUNTRY),
                says(
                        "The grant type was not specified",
                        "The SDK sends grant_type: look for a proxy or gateway that changes" + " the body on its way."),
                ErrorRule.of(
                                "This client may not have that scope: check scope(...); read write v2 is what the API wants, and"
                                        + " the account must be allowed to have it.")
                        .whenCode("invalid_scope"),
                says(
                        "Client is not active",
                        "OLX does not know this client as active: check clientId(...), and the state of"
                                + " the account in the developer portal." + ONE_COUNTRY),
                ErrorRule.of("Check clientId(...) and clientSecret(...) against the developer portal." + ONE_COUNTRY)
                        .whenCode("invalid_client"),
                ErrorRule.of("This account may not use that grant: ask OLX to enable it.")
                        .whenCode("unauthorized_client")
                        .as(ErrorCode.UNAUTHORIZED_CLIENT),
                says(
                        "Invalid refresh token",
                        "The refresh token is over: it lives for 30 days without use, and may change with"
                                + " each refresh. The person must sign in again."),
                blocked().as(ErrorCode.TEMPORARILY_UNAVAILABLE));
    }

    static List<ErrorRule> api() {
        return List.of(
                says(
                        "The request requires higher privileges",
                        "The token has not the scope for this: have the person sign in"
                                + " again with the scope read write v2. Another token of the same scope does not help."),
                says(
                                "Invalid owner in token",
                                "The call needs a token of a user, and this one was got with client_credentials:"
                                        + " make the call with tokens.user(...) after that user signed in.")
                        .as(ErrorCode.ACCESS_DENIED),
                says(
                        "Token is not present",
                        "The Authorization header did not arrive as Bearer: put the interceptor on this"
                                + " client, and look for a proxy that drops or changes the header."),
                says("Missing required 'Version'", version()),
                says("Unsupported API version", version()),
                ErrorRule.of(
                                "The API refuses a Content-Type on a request without a body, and a body that is not JSON: send"
                                        + " Content-Type: application/json with a JSON body only.")
                        .whenStatus(400)
                        .whenBody("invalid request body"),
                ErrorRule.of(
                                "The values of the request were refused: the member validation of this exception's details names"
                                        + " each field.")
                        .whenStatus(400)
                        .whenBody("\"validation\""),
                blocked().as(ErrorCode.TEMPORARILY_UNAVAILABLE),
                ErrorRule.of("The token is good, but what is asked for belongs to another user or account.")
                        .whenStatus(403),
                ErrorRule.of("Nothing is there: check path and ids." + ONE_COUNTRY)
                        .whenStatus(404),
                ErrorRule.of(tooMany()).whenStatus(429).retryAfter(BLOCK),
                ErrorRule.of(
                                "The token was refused, and so was another one: check that token and call are of the same country,"
                                        + " and that the user did not withdraw the access.")
                        .whenStatus(401)
                        .whenCode("invalid_token"));
    }

    /** The page of a block has a request id; a refusal of the API is JSON and has none. */
    private static ErrorRule blocked() {
        return ErrorRule.of(tooMany()).whenStatus(403).whenBody("Request ID").retryAfter(BLOCK);
    }

    private static String tooMany() {
        return "OLX takes 4,500 requests per IP address in 5 minutes, and blocks the address for 30 minutes above that: wait, and"
                + " spread the calls.";
    }

    private static String version() {
        return "The API wants the header Version: 2.0, which OlxPartner sets: do not set another one, and look for a proxy that"
                + " drops it.";
    }

    private static ErrorRule says(String description, String remedy) {
        return ErrorRule.of(remedy).whenDescription(description);
    }
}
