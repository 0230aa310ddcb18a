package dev.latchkey.provider;

import dev.latchkey.error.ErrorCode;
import java.util.List;

/**
 * The errors of Oath ID B2B, as its page "API OAuth Troubleshooting" has them. The page gives no statuses; those of its server
 * product are 400 for nearly everything, also for {@code server_error}, and 401 is taken as well.
 */
final class OathIdB2bErrors {
    private OathIdB2bErrors() {}

    static List<ErrorRule> tokenEndpoint() {
        return List.of(
                says(
                        "No enum constant",
                        "The assertion had no alg in its header: the SDK always sends alg HS256, so look for"
                                + " what changes the client_assertion on its way."),
                onTheWay("Grant type is not set", "grant_type"),
                says(
                        "Invalid Content Type",
                        "The service takes token requests as a form only: leave tokenRequestFormat(...) at"
                                + " FORM, and look for a proxy that changes the Content-Type."),
                says("JWT is has expired or is not valid", secretOrTime()),
                says(
                        "JWT has expired",
                        "exp of the assertion is past by the server's clock: check this machine's clock; the"
                                + " service takes exp up to 24 hours ahead, 10 minutes are advised."),
                says("JWT is not valid", secretOrTime()),
                says(
                        "JWT 'iss' and 'sub'",
                        "iss and sub of the assertion are not the client the service knows: check" + " clientId(...)."),
                says(
                        "Audience validation failed",
                        "aud of the assertion must be the token endpoint followed by ?realm= and the"
                                + " realm, all in lower case and at the host that is called: leave assertionProfile(...) as"
                                + " OathIdB2b made it, and check realm and environment (production or UAT)."),
                says(
                        "Client authentication failed",
                        "The service does not know this client in this realm, or the secret is"
                                + " another one: check the realm, clientId(...) and clientSecret(...), and the environment."),
                says(
                        "Unknown/invalid scope",
                        "This client may not have that scope: compare scope(...), letter by letter,"
                                + " with what is configured for the client."),
                says(
                        "Grant type is not supported",
                        "The service has client_credentials, password, refresh_token,"
                                + " authorization_code, and no other."),
                says(
                        "The provided access grant",
                        "The code is wrong, expired, used, or was made for another client or realm:"
                                + " begin the sign-in again with this client and realm, and pass the code on as it came."),
                says(
                        "grant is invalid",
                        "The refresh token is wrong, expired or was made for another client, realm or scope:"
                                + " keep realm and scope as they were at the sign-in; otherwise the person must sign in again."),
                ErrorRule.of(
                                "Something in the request is not as the service expects it: all parameters in lower case, the"
                                        + " assertion a whole JWT with numeric exp and iat. The SDK sends them so; if it goes on, tell"
                                        + " the provider.")
                        .whenCode("server_error")
                        .as(ErrorCode.SERVER_ERROR),
                ErrorRule.of(
                                "redirect_uri differs from the one that is registered for this client: use that one, letter by"
                                        + " letter.")
                        .whenCode("redirect_uri_mismatch"),
                ErrorRule.of(
                                "The service takes token requests by POST only, which is what the SDK sends: look for a proxy or a"
                                        + " redirect that turns POST into GET.")
                        .whenCode("method_not_allowed"));
    }

    static List<ErrorRule> api() {
        return List.of(
                says(
                        "unable to process request",
                        "Introspection wants a token of the client in the Authorization header: call"
                                + " it through the SDK's client, with a token of the scope introspect."),
                says(
                        "request is not authorized for introspection",
                        "The token that the call carried has not the scope"
                                + " introspect: ask for it with scope(\"introspect\"), and have it configured for this client."),
                says("The access token provided is expired", refusedToken()),
                ErrorRule.of(refusedToken()).whenStatus(401).whenCode("expired_token"),
                says(
                                "Not able to get client",
                                "The token was made for a client of another realm: use one realm for the token"
                                        + " and for userinfo.")
                        .as(ErrorCode.ACCESS_DENIED),
                says(
                        "Missing Auth token",
                        "The call carried no token: put the interceptor on this client, and check that its"
                                + " host is an allowed origin, so that the Authorization header goes out."),
                ErrorRule.of("Something in the call is not as the service expects it: check its address and the realm.")
                        .whenCode("server_error")
                        .as(ErrorCode.SERVER_ERROR));
    }

    private static String secretOrTime() {
        return "The signature or the times of the assertion were refused: check that clientSecret(...) is the one of this"
                + " client and environment, without white space, and this machine's clock; exp must be in the future and less"
                + " than 24 hours ahead.";
    }

    private static String refusedToken() {
        return "The token is expired, revoked, cut short or of another realm: the SDK gets another one by itself; if that is"
                + " refused too, check that token and call use the same realm and environment.";
    }

    private static ErrorRule says(String description, String remedy) {
        return ErrorRule.of(remedy).whenDescription(description);
    }

    private static ErrorRule onTheWay(String description, String parameter) {
        return says(
                description,
                "The SDK sends " + parameter + ": look for a proxy or gateway that changes the body on its" + " way.");
    }
}
