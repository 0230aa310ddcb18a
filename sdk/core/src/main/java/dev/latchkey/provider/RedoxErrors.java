package dev.latchkey.provider;

import dev.latchkey.error.ErrorCode;
import java.time.Duration;
import java.util.List;

/**
 * The errors of Redox as its pages have them: "OAuth API key errors" for the token endpoint, "Error handling and responses"
 * for the API. The status of the former is not documented; a refusal is taken to be 400, 401 or 403, whatever else comes is trouble of
 * the server.
 */
final class RedoxErrors {
    /** Redox counts 7,500 requests per IP address over 5 minutes. */
    private static final Duration RATE_WINDOW = Duration.ofMinutes(5);

    private RedoxErrors() {}

    static List<ErrorRule> tokenEndpoint() {
        return List.of(
                refused(
                        "Public key not found",
                        "Redox has no public key for this client id and kid: compare the client id and the kid with the API"
                                + " key's page in the Redox dashboard, check that the JWKS URL there can be reached, and that"
                                + " Save Changes was clicked after the key was set."),
                refused(
                        "JWT header kid property is required",
                        "Name the key as it is registered in the Redox dashboard: SigningKey.withKeyId(\"...\")."),
                refused(
                        "Unexpected ",
                        "Redox did not like the value of the claim it names; each is set by the assertion profile of"
                                + " Redox.production() or Redox.canada(), so check whether assertionProfile(...) changed it."),
                refused(
                        "",
                        "Redox gives no reason, which means that a value of the assertion is wrong: aud must be the token"
                                + " endpoint, alg RS384 or ES384, jti new, exp at most 5 minutes after iat, and this machine's"
                                + " clock within 10 s of the true time."),
                ErrorRule.of(
                                "Redox takes token requests as a form only: leave tokenRequestFormat(...) at FORM, and look for"
                                        + " a proxy that changes the Content-Type.")
                        .whenDescription("x-www-form-urlencoded content-type required"),
                changedOnTheWay("Missing grant_type parameter", "grant_type"),
                changedOnTheWay("The grant_type parameter should equal", "grant_type"),
                changedOnTheWay("Missing client assertion type", "client_assertion_type"),
                changedOnTheWay("Invalid client assertion type", "client_assertion_type"),
                ErrorRule.of("Redox takes signed assertions only: set signingKey(...), not clientSecret(...).")
                        .whenDescription("Missing client assertion"));
    }

    static List<ErrorRule> api() {
        return List.of(
                ErrorRule.of("The payload was refused: compare it with the data model or profile that Redox documents.")
                        .whenStatus(400),
                ErrorRule.of("The access token was refused, and so was another one: check that the key was made for the"
                                + " environment in the path, and that it was not removed in the Redox dashboard.")
                        .whenStatus(401),
                ErrorRule.of(
                                "The API key may not do this: in the Redox dashboard, check its verbs, destinations and event"
                                        + " types, and the environment in the path.")
                        .whenStatus(403, 404),
                ErrorRule.of("Redox takes at most 10 MB in one request: send less.")
                        .whenStatus(413),
                ErrorRule.of("Redox takes 7,500 requests per IP address in 5 minutes: wait, and spread the calls.")
                        .whenStatus(429)
                        .retryAfter(RATE_WINDOW),
                ErrorRule.of(
                                "No answer came from behind Redox within about two minutes: try again if the call may be repeated.")
                        .whenStatus(504));
    }

    private static ErrorRule refused(String description, String remedy) {
        return ErrorRule.of(remedy)
                .whenStatus(400, 401, 403)
                .whenDescription(description)
                .as(ErrorCode.INVALID_CLIENT);
    }

    private static ErrorRule changedOnTheWay(String description, String parameter) {
        return ErrorRule.of("The SDK sends " + parameter
                        + " as Redox documents it: look for a proxy or gateway that changes" + " the body on its way.")
                .whenDescription(description);
    }
}
