package dev.latchkey.testing;

import java.util.List;
import java.util.Optional;

/** How an authorization begins, by the client, and how it ends: by a person who logged in, or on the hosted page. */
final class BaanxConsentRules {

    static final String PAGE = "/hosted";

    private static final List<String> REQUIRED =
            List.of("client_id", "response_type", "redirect_uri", "state", "code_challenge", "code_challenge_method");

    private final BaanxPlatform platform;
    private final ErrorCatalog errors;
    private final String page;

    /** With the address of the hosted page. */
    BaanxConsentRules(BaanxPlatform platform, String page) {
        this.platform = platform;
        this.errors = platform.state.errors;
        this.page = page;
    }

    Reply initiate(RecordedApiRequest request, String clientKey) {
        AuthorizationRequest asked = AuthorizationRequest.of(EncodedParameters.url(request.query()));
        Optional<String> secretKey = request.header(BaanxClients.SECRET_KEY);
        if (secretKey.isPresent() && !platform.clients.isSecret(clientKey, secretKey)) {
            throw errors.refusal("baanx-client", "The header x-secret-key is wrong");
        }
        check(asked, clientKey);
        String session = platform.authorizations.initiate(clientKey, asked);
        return started(page + "?session=" + session, asked.text("mode").equals("api") ? session : "");
    }

    private void check(AuthorizationRequest asked, String clientKey) {
        REQUIRED.stream()
                .filter(name -> asked.parameter(name).isEmpty() || asked.isRepeated(name))
                .findFirst()
                .ifPresent(name -> refuse(name, name + " is missing, or repeated"));
        refuseUnless(asked.text("response_type").equals("code"), "response_type", "must be code");
        refuseUnless(
                Pkce.isChallenge(asked.text("code_challenge")), "code_challenge", "must be a SHA-256 in base64url");
        refuseUnless(asked.text("code_challenge_method").equals("S256"), "code_challenge_method", "must be S256");
        if (!asked.text("client_id").equals(clientKey)) {
            throw errors.misuse("baanx-client", "client_id is not the client key of the header");
        }
        if (!platform.redirectUris.contains(asked.text("redirect_uri"))) {
            throw errors.refusal("baanx-redirect", "redirect_uri is none of " + platform.redirectUris);
        }
    }

    private void refuseUnless(boolean right, String name, String rule) {
        if (!right) {
            refuse(name, name + " " + rule);
        }
    }

    private void refuse(String name, String reason) {
        throw platform.missing(name, reason);
    }

    private Reply started(String url, String session) {
        if (!session.isEmpty()) {
            return Reply.json(200, Json.object().put("token", session).put("url", url));
        }
        return platform.redirectFromInitiate
                ? Reply.of(302, "", new byte[0]).with("Location", url)
                : Reply.json(200, Json.object().put("url", url));
    }

    Reply authorize(RecordedApiRequest request, String clientKey) {
        BaanxLogins.Login login = platform.logins
                .of(request, clientKey)
                .filter(known -> !platform.isOtherTenant(request.header("x-us-env")))
                .orElseThrow(() -> errors.refusal("baanx-401", "The Bearer token is not that of a login"));
        String session = BaanxLoginRules.member(request, "token")
                .orElseThrow(() -> platform.missing("token", "The body has no text token"));
        if (!platform.authorizations.require(session).clientKey().equals(clientKey)) {
            throw errors.refusal("baanx-session", "The session is another client's");
        }
        BaanxAuthorizations.Agreed agreed = platform.authorizations.agree(session, login.userId());
        return Reply.json(
                200,
                Json.object()
                        .put("url", agreed.callback())
                        .put("code", agreed.code())
                        .put("state", agreed.pending().request().text("state")));
    }

    String signIn(String hostedUrl, String email) {
        platform.users.find(email).ifPresent(user -> {
            if (user.trait() == BaanxUsers.Trait.DISABLED || !user.phase().isEmpty()) {
                throw WebPage.refusing("The account of " + email + " is disabled, or not complete")
                        .failure();
            }
        });
        String session = session(hostedUrl);
        return platform.authorizations.agree(session, BaanxUsers.idOf(email)).callback();
    }

    String decline(String hostedUrl) {
        String session = session(hostedUrl);
        Callback callback = platform.authorizations.require(session).callback();
        platform.authorizations.end(session);
        return callback.with("error", "access_denied").uri();
    }

    /** The session that the page is opened with, good at this moment. */
    private String session(String hostedUrl) {
        try {
            String session = AuthorizationRequest.opened(hostedUrl, page).text("session");
            BaanxAuthorizations.Pending unused = platform.authorizations.require(session);
            return session;
        } catch (WebPage shown) {
            throw shown.failure();
        } catch (Refusal refusal) {
            throw WebPage.refusing(refusal.reason()).failure();
        }
    }
}
