package dev.latchkey.testing;

/** A token request that is turned down: an error of RFC 6749, section 5.2, with the reason in plain words. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final int status;
    private final String error;
    private final boolean misuse;

    private Refusal(int status, String error, String description, boolean misuse) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.misuse = misuse;
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

    boolean isMisuse() {
        return misuse;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    Reply reply(boolean challengeBasic) {
        Reply reply = Reply.json(
                        status, Json.object().put("error", error).put("error_description", describable(reason())))
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
