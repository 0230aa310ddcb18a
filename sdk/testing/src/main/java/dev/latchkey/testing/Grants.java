package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** What an authenticated client gets (RFC 6749, sections 4.1, 4.4 and 6). */
final class Grants {

    private final Settings settings;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final CodeGrant codes;

    Grants(Settings settings, AccessTokens accessTokens, RefreshTokens refreshTokens, CodeGrant codes) {
        this.settings = settings;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.codes = codes;
    }

    Reply answer(FakeClient client, TokenRequest request) {
        String grantType = request.required("grant_type");
        return switch (grantType) {
            case "authorization_code" -> codes.redeem(client, request, consent -> code(client, consent));
            case "client_credentials" -> clientCredentials(client, request);
            case "refresh_token" -> refresh(client, request);
            default -> throw Refusal.of("unsupported_grant_type", "No grant of the type " + grantType);
        };
    }

    private Reply clientCredentials(FakeClient client, TokenRequest request) {
        if (client.method() == AuthenticationMethod.NONE) {
            throw Refusal.of("unauthorized_client", "A public client may not use client_credentials");
        }
        Set<String> scopes = Scopes.grant(asked(request), client.scopes());
        if (!client.getsRefreshTokens(false)) {
            return reply(body(accessTokens.issue(client.clientId(), scopes, ""), Optional.empty()));
        }
        RefreshTokens.Exchange opened = refreshTokens.open(client.clientId(), scopes);
        return reply(body(accessTokens.issue(client.clientId(), scopes, opened.family()), opened.refreshToken()));
    }

    private Reply refresh(FakeClient client, TokenRequest request) {
        String token = request.required("refresh_token");
        RefreshTokens.Exchange exchange = refreshTokens.exchange(token, client.clientId(), asked(request));
        AccessTokens.Issued issued = accessTokens.issue(client.clientId(), exchange.scopes(), exchange.family());
        return reply(body(issued, exchange.refreshToken()));
    }

    private Reply code(FakeClient client, Consent consent) {
        Principal person = consent.principal();
        AccessTokens.Issued issued = accessTokens.issue(person.client(), person.scopes(), person.family());
        Optional<String> refreshToken =
                client.getsRefreshTokens(true) ? refreshTokens.open(person).refreshToken() : Optional.empty();
        ObjectNode body = body(issued, refreshToken);
        codes.idToken(consent).ifPresent(token -> body.put("id_token", token));
        return reply(body);
    }

    private static Set<String> asked(TokenRequest request) {
        return request.parameter("scope").map(Scopes::parse).orElse(Set.of());
    }

    /** RFC 6749, section 5.1. {@code scope} is left out where none was asked for and none is registered. */
    private ObjectNode body(AccessTokens.Issued issued, Optional<String> refreshToken) {
        ObjectNode body = Json.object()
                .put("access_token", issued.value())
                .put("token_type", "Bearer")
                .put("expires_in", settings.tokenLife.toSeconds());
        if (!issued.scopes().isEmpty()) {
            body.put("scope", Scopes.text(issued.scopes()));
        }
        refreshToken.ifPresent(value -> body.put("refresh_token", value));
        return body;
    }

    private static Reply reply(ObjectNode body) {
        return Reply.json(200, body).with("Cache-Control", "no-store");
    }
}
