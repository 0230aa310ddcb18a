package dev.latchkey.provider;

import java.util.List;

/** The errors of a FHIR server with SMART Backend Services; it need not describe them, so the code decides. */
final class SmartBackendServicesErrors {
    private SmartBackendServicesErrors() {}

    static List<ErrorRule> tokenEndpoint() {
        return List.of(
                ErrorRule.of(
                                "The server did not accept the assertion: it wants alg RS384 or ES384, the kid of a key that is"
                                        + " registered or found under the registered JWKS URL, aud equal to the token endpoint,"
                                        + " exp at most 5 minutes ahead and a new jti. New keys can take a while to be seen.")
                        .whenCode("invalid_client"),
                ErrorRule.of(
                                "Ask for a scope that this client is registered for, such as system/Patient.rs: set scope(...);"
                                        + " some servers refuse wild cards.")
                        .whenCode("invalid_scope"),
                ErrorRule.of(
                                "The server refused the form of the request, or the assertion in it: it takes"
                                        + " private_key_jwt with client_assertion_type, scope and grant_type, as the SDK sends them.")
                        .whenCode("invalid_request"),
                ErrorRule.of(
                                "The server does not offer client_credentials here: check that the token endpoint is the one of"
                                        + " its smart-configuration.")
                        .whenCode("unsupported_grant_type"),
                ErrorRule.of(
                                "This client is not registered for backend services: have client_credentials enabled for it.")
                        .whenCode("unauthorized_client"));
    }

    static List<ErrorRule> api() {
        return List.of(
                ErrorRule.of(
                                "The token was refused, and so was another one: check that the scope covers this resource and that"
                                        + " the token endpoint belongs to this FHIR server.")
                        .whenStatus(401),
                ErrorRule.of("The token is good, but its scope does not cover this: ask for more, such as"
                                + " system/Patient.rs, and have it granted.")
                        .whenStatus(403));
    }
}
