package dev.latchkey.testing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token request that is turned down: an error of RFC 6749, section 5.2, with the reason in plain words. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final int status;
    private final String error;
    private final boolean misuse;
    private final transient @Nullable Reply documented;

    private Refusal(int status, String error, String description, boolean misuse) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.misuse = misuse;
        this.documented = null;
    }

    private Refusal(Reply documented, String reason, boolean misuse) {
        super(reason, null, false, false);
        this.status = documented.status();
        this.error = "";
        this.misuse = misuse;
        this.documented = documented;
    }

    /** Said in a provider's own words, which may be none; the reason is for those who run the test. */
    static Refusal documented(Reply answer, String reason, boolean misuse) {
        return new Refusal(answer, reason, misuse);
    }

    static Refusal invalidRequest(String description) {
        return new Refusal(400, "invalid_request", description, true);
    }

    static Refusal methodNotAllowed(String description) {
        return new Refusal(405, "invalid_request", description, true);
    }

    /** A credential that may be wrong through no fault of the sender: an old key, a clock that is off. */
    static Refusal invalidClient(String description) {
        return new Refusal(401, "invalid_client", description, false);
    }

    /** A credential that no client should ever send. */
    static Refusal malformedCredential(String description) {
        return new Refusal(401, "invalid_client", description, true);
    }

    static Refusal of(String error, String description) {
        return new Refusal(400, error, description, false);
    }

    static Refusal replay(String description) {
        return new Refusal(400, "invalid_grant", description, true);
    }

    static void throwIf(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    boolean isMisuse() {
        return misuse;
    }

    /** The code, empty where a provider's own words stand in its place. */
    String error() {
        return error;
    }

    boolean isDocumented() {
        return documented != null;
    }

    /** The reason as {@code error_description} may carry it. */
    String description() {
        return describable(reason());
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Reply reply(boolean challengeBasic) {
        if (documented != null) {
            return documented;
        }
        Reply reply = Reply.json(status, Json.object().put("error", error).put("error_description", description()))
                .with("Cache-Control", "no-store");
        if (status == 405) {
            return reply.with("Allow", "POST");
        }
        return status == 401 && challengeBasic ? reply.with("WWW-Authenticate", "Basic realm=\"token\"") : reply;
    }

    /** RFC 6749, section 5.2, allows printable ASCII without double quote and backslash. */
    private static String describable(String reason) {
        String allowed = reason.replace('"', '\'').replace('\\', '/').replaceAll("[^\\x20-\\x7e]", "?");
        return allowed.length() <= LONGEST ? allowed : allowed.substring(0, LONGEST);
    }
}
