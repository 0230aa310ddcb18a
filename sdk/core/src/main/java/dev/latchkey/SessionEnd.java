package dev.latchkey;

import dev.latchkey.provider.Provider;
import java.time.Instant;
import java.util.Optional;

/** When a refresh token that was just received ends: as the answer says, otherwise as the provider's documents do. */
final class SessionEnd {
    private SessionEnd() {}

    static Optional<Instant> of(Issuer.Issue issue, Provider provider) {
        Instant issuedAt = issue.token().token().issuedAt();
        return issue.response()
                .refreshTokenExpiresIn()
                .or(() -> issue.response().refreshToken().flatMap(ignored -> provider.defaultRefreshTokenLife()))
                .map(issuedAt::plus);
    }
}
