package dev.latchkey.clientauth;

import java.util.stream.Collectors;

/** Whether a way of authentication can serve a profile, decided while a manager is built. */
final class ProfileCheck {

    static final String ISSUER_MISSING = "The assertion profile \"issuer\" needs the issuer identifier of the"
            + " authorization server as audience, but none is set. Set issuer(…), or use"
            + " AssertionProfile.tokenEndpoint() if the server wants the address of its token endpoint.";

    private final AuthenticationContext context;
    private final AssertionProfile profile;

    private ProfileCheck(AuthenticationContext context) {
        this.context = context;
        this.profile = context.profile();
    }

    static ProfileCheck of(AuthenticationContext context) {
        ProfileCheck check = new ProfileCheck(context);
        check.audience();
        return check;
    }

    void key(SigningKey key) {
        algorithm(key.algorithm(), "signingKey " + key);
        if (profile.isKeyIdRequired() && key.keyId().isEmpty()) {
            throw new IllegalArgumentException("signingKey " + key + " has no key id, but the server finds keys by"
                    + " their kid. Add withKeyId(…) with the kid under which the public key is registered.");
        }
        if (profile.hasCertificateThumbprint() && key.certificate().isEmpty()) {
            throw new IllegalArgumentException("signingKey " + key + " has no certificate, but the profile sends its"
                    + " thumbprint (x5t#S256). Add withCertificate(…), or read a file that holds the certificate"
                    + " beside the key.");
        }
    }

    void secret(JwsAlgorithm algorithm) {
        algorithm(algorithm, "client_secret_jwt with " + algorithm.registeredName());
        if (profile.isKeyIdRequired()
                || profile.hasCertificateThumbprint()
                || profile.jwksUrl().isPresent()) {
            throw new IllegalArgumentException("The assertion profile asks for a kid, an x5t#S256 or a jku, which a"
                    + " client secret does not have. Use a signing key, or a profile without them.");
        }
    }

    private void audience() {
        boolean fromIssuer = profile.audience().isEmpty() && profile.name().equals("issuer");
        if (fromIssuer && context.issuer().isEmpty()) {
            throw new IllegalArgumentException(ISSUER_MISSING);
        }
    }

    private void algorithm(JwsAlgorithm algorithm, String subject) {
        if (profile.algorithms().isEmpty() || profile.algorithms().contains(algorithm)) {
            return;
        }
        String accepted =
                profile.algorithms().stream().map(JwsAlgorithm::registeredName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(subject + " would sign " + algorithm.registeredName()
                + ", but the server accepts only " + accepted
                + ". Choose another with withAlgorithm(…), or make a key for one of them.");
    }
}
