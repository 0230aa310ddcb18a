package dev.latchkey.testing;

import java.time.Duration;

/** What a test may change while the server runs, or one provider has unlike another. Each value is independent of the others. */
final class Settings {

    volatile Duration tokenLife = Duration.ofMinutes(5);
    volatile Duration clockOffset = Duration.ZERO;
    volatile boolean sendDate;
    volatile boolean jsonRequests;
    volatile boolean rotateRefreshTokens = true;
    volatile Duration refreshTokenGrace = Duration.ZERO;
    volatile Duration assertionLifeLimit = Duration.ofMinutes(5);
    volatile Duration assertionSkew = Duration.ofSeconds(15);

    volatile boolean issuedAtRequired = true;

    /** More than any test lasts. */
    volatile Duration refreshTokenLife = Duration.ofDays(36_500);
}
