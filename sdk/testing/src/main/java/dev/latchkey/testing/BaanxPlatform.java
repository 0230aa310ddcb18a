package dev.latchkey.testing;

import java.util.Optional;

/** What Baanx keeps beside what every simulator keeps. */
final class BaanxPlatform {

    final SimulatorState state;
    final BaanxClients clients = new BaanxClients();
    final BaanxSessions sessions;
    volatile boolean sendRefreshTokenLife = true;
    volatile boolean us;

    BaanxPlatform(SimulatorState state) {
        this.state = state;
        this.sessions = new BaanxSessions(state.refreshTokens);
    }

    /** Absent is false. */
    boolean isOtherTenant(Optional<String> usEnvironment) {
        return us != usEnvironment.filter("true"::equals).isPresent();
    }
}
