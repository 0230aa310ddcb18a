package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The people with an account at Baanx, by e-mail address, and the one-time passwords that were sent to them. */
final class BaanxUsers {

    private static final int DIGITS = 6;

    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    /** One account; {@code phase} is empty once it is complete. */
    record User(String id, String password, Trait trait, String phase) {

        @Override
        public String toString() {
            return "User[" + id + ", " + trait + ", " + phase + "]";
        }
    }

    /** What is particular about signing in. */
    enum Trait {
        NONE,
        ONE_TIME_PASSWORD,
        DISABLED
    }

    void register(String email, String password) {
        users.put(email, new User(idOf(email), password, Trait.NONE, ""));
        sent.remove(email);
    }

    void change(String email, UnaryOperator<User> change) {
        if (users.computeIfPresent(email, (key, user) -> change.apply(user)) == null) {
            throw new IllegalArgumentException("email is not registered: call registerUser with it first");
        }
    }

    Optional<User> find(String email) {
        return Optional.ofNullable(users.get(email));
    }

    /** The same for the same address, so that a test may register its people as often as it likes. */
    static String idOf(String email) {
        return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Whether there is such a person to send it to. */
    boolean sendOneTimePassword(String userId) {
        Optional<String> email =
                users.keySet().stream().filter(key -> idOf(key).equals(userId)).findFirst();
        email.ifPresent(key -> sent.put(key, RandomValues.digits(DIGITS)));
        return email.isPresent();
    }

    String oneTimePassword(String email) {
        String code = sent.get(email);
        if (code == null) {
            throw new IllegalStateException("No one-time password waits for " + email
                    + ": it is sent by POST /v1/auth/login/otp, and good for one login");
        }
        return code;
    }

    /** For one use. */
    boolean takeOneTimePassword(String email, String code) {
        return sent.remove(email, code);
    }
}
