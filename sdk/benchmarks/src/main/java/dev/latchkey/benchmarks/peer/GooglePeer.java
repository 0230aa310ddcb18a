package dev.latchkey.benchmarks.peer;

import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;
import java.net.URI;

/** The credentials of a user, since those can be pointed at any endpoint; the cache is the one of all its credentials. */
final class GooglePeer implements Peer {
    private final UserCredentials credentials;

    GooglePeer(URI endpoint) {
        credentials = UserCredentials.newBuilder()
                .setClientId("client")
                .setClientSecret("secret")
                .setRefreshToken("refresh")
                .setTokenServerUri(endpoint)
                .build();
    }

    @Override
    public Object token() throws IOException {
        credentials.refreshIfExpired();
        return credentials.getAccessToken();
    }

    @Override
    public String authorization() throws IOException {
        return credentials.getRequestMetadata(null).get("Authorization").get(0);
    }
}
