package dev.latchkey.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Baanx's token endpoint: the client key first, then its secret key, then the form, then the grant. */
final class BaanxTokenRules implements TokenRules {

    private final BaanxPlatform platform;
    private final SimulatorState state;
    private final RequestRules form;

    BaanxTokenRules(BaanxPlatform platform) {
        this.platform = platform;
        this.state = platform.state;
        this.form = new RequestRules(state.settings);
    }

    @Override
    public List<Refusal> faults(TokenRequest request) {
        List<Refusal> faults = new ArrayList<>(form.faults(request));
        authorization(request).ifPresent(faults::add);
        return faults;
    }

    private Optional<Refusal> authorization(TokenRequest request) {
        return request.headers()
                .first("Authorization")
                .map(unused -> state.errors.misuse(
                        "baanx-client",
                        "A token request must have no Authorization header: the client key is its own"));
    }

    @Override
    public Reply answer(TokenRequest request, List<Refusal> faults) {
        String clientKey = client(request);
        Refusal.throwIf(RequestRules.method(request));
        Refusal.throwIf(form.contentType(request).map(fault -> platform.missing("grant_type", fault.reason())));
        Refusal.throwIf(faults.stream().findFirst());
        String grantType = required(request, "grant_type");
        return switch (grantType) {
            case "authorization_code" -> code(request, clientKey);
            case "refresh_token" -> refresh(request, clientKey);
            default -> throw Refusal.of("unsupported_grant_type", "No grant of the type " + grantType);
        };
    }

    private String client(TokenRequest request) {
        Optional<String> clientKey = request.headers().first(BaanxClients.CLIENT_KEY);
        String fault = platform.clients.fault(clientKey);
        if (!fault.isEmpty()) {
            throw state.errors.refusal("baanx-token-" + fault, "The header x-client-key is absent or unknown");
        }
        String known = clientKey.orElseThrow();
        if (!platform.clients.isSecret(known, request.headers().first(BaanxClients.SECRET_KEY))) {
            throw state.errors.refusal("baanx-client", "The header x-secret-key is absent or wrong");
        }
        return known;
    }

    private String required(TokenRequest request, String name) {
        return request.parameter(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> platform.missing(name, name + " is missing"));
    }

    private Reply code(TokenRequest request, String clientKey) {
        String code = required(request, "code");
        String redirectUri = required(request, "redirect_uri");
        String verifier = required(request, "code_verifier");
        if (platform.isOtherTenant(request.headers().first("x-us-env"))) {
            throw state.errors.refusal("baanx-code", "x-us-env leads to the tenant that does not know the code");
        }
        try {
            return platform.codes.redeem(code, clientKey, consent -> {
                check(consent.request(), redirectUri, verifier);
                return issued(clientKey, platform.sessions.open(consent.principal()));
            });
        } catch (Refusal refusal) {
            throw state.errors.refusal("baanx-code", refusal);
        }
    }

    private void check(AuthorizationRequest asked, String redirectUri, String verifier) {
        if (!redirectUri.equals(asked.text("redirect_uri"))) {
            throw state.errors.refusal("baanx-redirect", "redirect_uri is not that of the authorization");
        }
        Pkce.fault(asked.text("code_challenge"), verifier).ifPresent(fault -> {
            throw state.errors.refusal("baanx-pkce", fault);
        });
    }

    private Reply refresh(TokenRequest request, String clientKey) {
        String token = required(request, "refresh_token");
        if (platform.isOtherTenant(request.headers().first("x-us-env"))) {
            throw state.errors.refusal("baanx-refresh", "x-us-env leads to the tenant that does not know the token");
        }
        try {
            return issued(clientKey, state.refreshTokens.exchange(token, clientKey, Set.of()));
        } catch (Refusal refusal) {
            throw state.errors.refusal("baanx-refresh", refusal);
        }
    }

    /** The tokens of one grant, whichever it was. */
    private Reply issued(String clientKey, RefreshTokens.Exchange grant) {
        AccessTokens.Issued token = state.accessTokens.issue(clientKey, grant.scopes(), grant.family());
        ObjectNode body = Json.object()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("expires_in", state.settings.tokenLife.toSeconds())
                .put("refresh_token", grant.refreshToken().orElseThrow());
        if (platform.sendRefreshTokenLife) {
            body.put("refresh_token_expires_in", state.settings.refreshTokenLife.toSeconds());
        }
        return Reply.json(200, body).with("Cache-Control", "no-store");
    }
}
