package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;

/** The addresses of the server. */
record Endpoints(String issuer, String tokenEndpoint, String tokenPath) {

    String authorization() {
        return issuer + "/authorize";
    }

    String revocation() {
        return issuer + "/revoke";
    }

    String introspection() {
        return issuer + "/introspect";
    }

    String jwks() {
        return issuer + "/jwks";
    }

    static String path(String address) {
        return URI.create(address).getRawPath();
    }

    /** The document's path by RFC 8414, section 3.1: between host and path of the issuer. */
    String serverMetadataPath() {
        return "/.well-known/oauth-authorization-server" + path(issuer);
    }

    /** The document's path by OpenID Connect Discovery, section 4: behind the issuer. */
    String providerMetadataPath() {
        return path(issuer) + "/.well-known/openid-configuration";
    }

    Reply metadata(boolean sendsIssuer) {
        ObjectNode document = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", authorization())
                .put("token_endpoint", tokenEndpoint)
                .put("revocation_endpoint", revocation())
                .put("introspection_endpoint", introspection())
                .put("jwks_uri", jwks())
                .put("authorization_response_iss_parameter_supported", sendsIssuer);
        list(document, "response_types_supported", "code");
        list(document, "response_modes_supported", "query");
        list(document, "grant_types_supported", "authorization_code", "client_credentials", "refresh_token");
        list(document, "code_challenge_methods_supported", "S256");
        list(document, "subject_types_supported", "public");
        list(document, "id_token_signing_alg_values_supported", "RS256");
        authentication(document, "token_endpoint", "none");
        authentication(document, "revocation_endpoint", "none");
        authentication(document, "introspection_endpoint");
        return Reply.json(200, document);
    }

    private static void authentication(ObjectNode document, String endpoint, String... more) {
        String methods = endpoint + "_auth_methods_supported";
        list(document, methods, "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt");
        Arrays.stream(more).forEach(document.withArray(methods)::add);
        String algorithms = endpoint + "_auth_signing_alg_values_supported";
        list(document, algorithms, "RS256", "RS384", "PS256", "ES256", "ES384", "EdDSA", "HS256");
    }

    private static void list(ObjectNode object, String name, String... values) {
        Arrays.stream(values).forEach(object.putArray(name)::add);
    }
}
