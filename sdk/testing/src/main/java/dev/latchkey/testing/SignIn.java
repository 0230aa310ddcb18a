package dev.latchkey.testing;

import java.time.Instant;

/** A person's sign-in and its present refresh token. */
record SignIn(Principal principal, String refreshToken, Instant issuedAt, Instant usedAt) {

    static SignIn of(Principal principal, String refreshToken, Instant now) {
        return new SignIn(principal, refreshToken, now, now);
    }

    SignIn used(Instant now) {
        return new SignIn(principal, refreshToken, issuedAt, now);
    }

    SignIn rotated(String newToken, Instant now) {
        return of(principal, newToken, now);
    }

    @Override
    public String toString() {
        return "SignIn[" + principal + ", since " + issuedAt + "]";
    }
}
