package dev.latchkey.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that a login gives, good for agreeing to an authorization and for nothing else. */
final class BaanxLogins {

    private static final Duration LIFE = Duration.ofHours(6);

    private final InstantSource time;
    private final Map<String, Login> byToken = new ConcurrentHashMap<>();

    /** Who logged in by which client. */
    record Login(String clientKey, String userId, Instant until) {}

    BaanxLogins(InstantSource time) {
        this.time = time;
    }

    String open(String prefix, String clientKey, String userId) {
        String token = RandomValues.next(prefix);
        byToken.put(token, new Login(clientKey, userId, time.instant().plus(LIFE)));
        return token;
    }

    /** The login of the one Bearer token of the request, empty where it is over, or another client's. */
    Optional<Login> of(RecordedApiRequest request, String clientKey) {
        if (request.headers().getOrDefault("Authorization", List.of()).size() != 1) {
            return Optional.empty();
        }
        return request.bearerToken()
                .map(byToken::get)
                .filter(login -> login.clientKey().equals(clientKey))
                .filter(login -> time.instant().isBefore(login.until()));
    }
}
