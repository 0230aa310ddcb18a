package dev.latchkey.testing;

import java.time.InstantSource;

/** What every simulator keeps: settings, registrations, tokens, and what it saw. */
final class SimulatorState {

    final ErrorCatalog errors;
    final Settings settings = new Settings();
    final Registrations clients = new Registrations();
    final Journal journal = new Journal();
    final JtiLog jtis = new JtiLog(true);
    final AccessTokens accessTokens;
    final RefreshTokens refreshTokens;

    /** The server's clock, which may be off; tokens live by the time itself. */
    final InstantSource clock;

    SimulatorState(String provider, InstantSource time) {
        errors = ErrorCatalog.of(provider);
        accessTokens = new AccessTokens(time, settings);
        refreshTokens = new RefreshTokens(time, settings, accessTokens);
        clock = () -> time.instant().plus(settings.clockOffset);
        settings.sendDate = true;
    }

    DateHeader date() {
        return new DateHeader(clock, settings);
    }
}
