package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A person's login by e-mail address and password, complete or not: both are answered with 200. */
final class BaanxLoginRules {

    private final BaanxPlatform platform;

    BaanxLoginRules(BaanxPlatform platform) {
        this.platform = platform;
    }

    Reply login(RecordedApiRequest request, String clientKey) {
        String email = required(request, "email");
        BaanxUsers.User user = user(request, email);
        boolean oneTime = user.trait() == BaanxUsers.Trait.ONE_TIME_PASSWORD && isAskedFor(request, email);
        boolean complete = user.phase().isEmpty() && !oneTime;
        ObjectNode body = Json.object()
                .put("accessToken", complete ? token(clientKey, user) : null)
                .put("userId", user.id())
                .put(platform.nameRequiresOtp ? "requiresOtp" : "isOtpRequired", oneTime)
                .put("phoneNumber", "+445*****225")
                .put("phase", user.phase().isEmpty() ? null : user.phase())
                .put("verificationState", user.phase().isEmpty() ? "VERIFIED" : "UNVERIFIED")
                .put("isLinked", false);
        return Reply.json(200, body).with("Cache-Control", "no-store");
    }

    private String token(String clientKey, BaanxUsers.User user) {
        return platform.logins.open(platform.us ? "US_login_" : "login_", clientKey, user.id());
    }

    private BaanxUsers.User user(RecordedApiRequest request, String email) {
        String password = required(request, "password");
        BaanxUsers.User user = platform.users
                .find(email)
                .filter(known -> known.password().equals(password))
                .filter(known -> !platform.isOtherTenant(request.header("x-us-env")))
                .orElseThrow(() -> platform.state.errors.refusal("baanx-login-wrong", "Nobody has that password"));
        if (user.trait() == BaanxUsers.Trait.DISABLED) {
            throw platform.state.errors.refusal("baanx-login-disabled", "The account was disabled");
        }
        return user;
    }

    /** Whether the one-time password is still to come. */
    private boolean isAskedFor(RecordedApiRequest request, String email) {
        Optional<String> code = member(request, "otpCode");
        if (code.isEmpty()) {
            return true;
        }
        if (!platform.users.takeOneTimePassword(email, code.get())) {
            Reply reply = Reply.json(400, Json.object().put("message", "Invalid OTP code"));
            throw Refusal.documented(reply, "The one-time password is not the one that was sent last", false);
        }
        return false;
    }

    Reply oneTimePassword(RecordedApiRequest request) {
        if (!platform.users.sendOneTimePassword(required(request, "userId"))) {
            throw platform.state.errors.refusal("baanx-422", "No user has that userId");
        }
        return BaanxApiRules.success();
    }

    private String required(RecordedApiRequest request, String name) {
        return member(request, name)
                .orElseThrow(() -> platform.state.errors.misuse("baanx-422", "The body has no text " + name));
    }

    /** A text member of the JSON body, empty where it is absent, of another type, or has nothing in it. */
    static Optional<String> member(RecordedApiRequest request, String name) {
        boolean isJson = request.header("Content-Type").orElse("").startsWith("application/json");
        Optional<ObjectNode> body =
                isJson ? Json.readObject(request.body().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        return body.map(object -> object.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }
}
