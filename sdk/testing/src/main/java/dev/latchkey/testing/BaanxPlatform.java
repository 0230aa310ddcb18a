package dev.latchkey.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What Baanx keeps beside what every simulator keeps. */
final class BaanxPlatform {

    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    final SimulatorState state;
    final InstantSource time;
    final BaanxClients clients = new BaanxClients();
    final BaanxSessions sessions;
    final AuthorizationCodes codes;
    final BaanxUsers users = new BaanxUsers();
    final BaanxLogins logins;
    final BaanxAuthorizations authorizations;
    final Set<String> redirectUris = ConcurrentHashMap.newKeySet();
    volatile boolean sendRefreshTokenLife = true;
    volatile boolean us;
    volatile boolean redirectFromInitiate = true;
    volatile boolean nameRequiresOtp;

    BaanxPlatform(SimulatorState state, InstantSource time) {
        this.state = state;
        this.time = time;
        this.sessions = new BaanxSessions(state.refreshTokens);
        this.codes = new AuthorizationCodes(time, CODE_LIFE, state.refreshTokens::revokeFamily);
        this.logins = new BaanxLogins(time);
        this.authorizations = new BaanxAuthorizations(state.errors, time, codes);
    }

    /** Absent is false. */
    boolean isOtherTenant(Optional<String> usEnvironment) {
        return us != usEnvironment.filter("true"::equals).isPresent();
    }

    /** The documented error with the name of this parameter. */
    Refusal missing(String name, String reason) {
        DocumentedError example = state.errors.require("baanx-missing-parameter");
        return Refusal.documented(Echo.of(example, "code_challenge", name), reason, true);
    }
}
