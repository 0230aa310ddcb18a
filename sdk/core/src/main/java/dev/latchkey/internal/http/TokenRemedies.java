package dev.latchkey.internal.http;

import dev.latchkey.error.ErrorCode;

/** What to do about a refused token request, where no provider's documents know better. */
final class TokenRemedies {
    private TokenRemedies() {}

    static String of(ErrorCode meaning, HttpAnswer answer, RequestFacts facts) {
        return switch (meaning.value()) {
            case "invalid_client" -> clientAuthentication(answer, facts);
            case "invalid_grant" -> grant(answer, facts);
            case "invalid_scope" -> scope(facts);
            case "invalid_request" -> request(answer, facts);
            case "unauthorized_client" ->
                "The client is known but may not use the grant " + grantName(facts)
                        + ": have it enabled for this client; at some servers this also means a wrong client secret.";
            case "unsupported_grant_type" ->
                "The server does not offer the grant " + grantName(facts)
                        + " here: check the token endpoint and the provider's list of grants.";
            case "server_error" -> "The server failed; trying again later may help. " + report(answer);
            case "temporarily_unavailable" ->
                "Wait" + Waits.howLong(answer) + ", then try again; ask for tokens less often" + " if this goes on.";
            default -> ofOther(meaning);
        };
    }

    /** For refused client authentication under a code that also stands for something else. */
    static String grantNotAllowed(RequestFacts facts) {
        return "Or the client may not use the grant " + grantName(facts)
                + ": unauthorized_client can mean either, so have it enabled for this client.";
    }

    private static String ofOther(ErrorCode meaning) {
        return switch (meaning.value()) {
            case "access_denied" -> "The user or the server said no: check consent, and the policies for this client.";
            case "invalid_target" ->
                "The resource or audience asked for is unknown or not allowed to this client: compare"
                        + " it, letter by letter, with what the provider documents.";
            case "authorization_pending" -> "The user has not finished yet: ask again after the interval.";
            case "slow_down" -> "Ask less often: add 5 s to the interval.";
            case "expired_token" -> "What was to be exchanged has expired: begin the sign-in again.";
            case "invalid_dpop_proof", "use_dpop_nonce" ->
                "The server wants a DPoP proof, or another one: check its key," + " clock and nonce.";
            default -> "Look this code up in the provider's documents.";
        };
    }

    private static String clientAuthentication(HttpAnswer answer, RequestFacts facts) {
        if (answer.status() == 498 || answer.status() == 499) {
            return ApiRemedies.clientKey(answer.status());
        }
        if (!facts.assertionClaims().isEmpty()) {
            return "The server did not accept the client assertion. " + new AssertionCheck(facts).remedy(answer);
        }
        String method = facts.clientAuthentication();
        if (method == null || method.equals("none")) {
            return "The request had no client authentication: set signingKey(...), clientSecret(...) or"
                    + " clientAuthentication(...), or check that the client is registered as public.";
        }
        return "Check the client id, the client secret and their environment, and that the client is registered for "
                + method + "; some servers hold a client to one of client_secret_basic and client_secret_post.";
    }

    private static String grant(HttpAnswer answer, RequestFacts facts) {
        if (facts.hasGrantType("refresh_token")) {
            return "The refresh token is expired, revoked, already used or another client's: a person must sign in again."
                    + " If this happens often, look for a second process that uses the same refresh token without a"
                    + " shared token store.";
        }
        if (facts.hasGrantType("authorization_code")) {
            return "The code is expired, already used or another client's, or redirect_uri or code_verifier differ from"
                    + " the authorization request: begin the sign-in again.";
        }
        return facts.assertionClaims().isEmpty()
                ? "What was to be exchanged is expired, revoked, used or another client's: get a new one."
                : "The server did not accept the assertion. " + new AssertionCheck(facts).remedy(answer);
    }

    private static String scope(RequestFacts facts) {
        return facts.scope().isEmpty()
                ? "No scope was asked for, and this server wants one: set scope(\"...\")."
                : "Asked for was the scope \"" + facts.scope()
                        + "\": check the spelling of each, that they are separated by one space, and that this client may"
                        + " have them.";
    }

    private static String request(HttpAnswer answer, RequestFacts facts) {
        String general = "Check for a parameter that this server needs and does not get (tokenParameter), and for the"
                + " format of the request (tokenRequestFormat).";
        // Some servers answer a refused assertion with invalid_request and say nothing more.
        return facts.assertionClaims().isEmpty()
                ? general
                : general + " Or the assertion was refused. " + new AssertionCheck(facts).remedy(answer);
    }

    private static String grantName(RequestFacts facts) {
        return facts.grantType() == null ? "of this request" : facts.grantType();
    }

    private static String report(HttpAnswer answer) {
        return "If it goes on, tell the provider, with status " + answer.status()
                + " and the request id if there is one.";
    }
}
