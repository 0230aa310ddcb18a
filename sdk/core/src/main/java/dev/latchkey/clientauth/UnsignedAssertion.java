package dev.latchkey.clientauth;

import dev.latchkey.internal.jose.JwsHead;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header and the claims of an assertion, before or without its signature. */
record UnsignedAssertion(Map<String, Object> header, Map<String, Object> claims) {

    static final UnsignedAssertion NONE = new UnsignedAssertion(Map.of(), Map.of());

    /** The claims of RFC 7523, section 3, with integers for the times, and no {@code nbf}: nobody asks for it. */
    static UnsignedAssertion of(AuthenticationContext context, JwsHead head) {
        AssertionProfile profile = context.profile();
        long issuedAt = context.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", context.clientId());
        claims.put("sub", context.clientId());
        claims.put("aud", profile.audienceFor(context));
        claims.put("iat", issuedAt);
        claims.put("exp", issuedAt + profile.lifetime().toSeconds());
        claims.put("jti", AssertionId.next());
        claims.putAll(profile.claims());
        return new UnsignedAssertion(head.members(), Collections.unmodifiableMap(claims));
    }
}
