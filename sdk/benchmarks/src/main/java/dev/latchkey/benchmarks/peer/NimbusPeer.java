package dev.latchkey.benchmarks.peer;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/** What many write themselves: the protocol from a library, and one method with {@code synchronized} before it. */
final class NimbusPeer implements Peer {
    private static final long MARGIN_SECONDS = 60;

    private final TokenRequest request;
    private AccessToken token;
    private Instant end = Instant.MIN;

    NimbusPeer(URI endpoint) {
        request = new TokenRequest.Builder(
                        endpoint,
                        new ClientSecretPost(new ClientID("client"), new Secret("secret")),
                        new ClientCredentialsGrant())
                .build();
    }

    @Override
    public synchronized AccessToken token() throws IOException, ParseException {
        if (!Instant.now().isBefore(end)) {
            Instant sent = Instant.now();
            token = AccessTokenResponse.parse(request.toHTTPRequest().send())
                    .getTokens()
                    .getAccessToken();
            end = sent.plusSeconds(token.getLifetime() - MARGIN_SECONDS);
        }
        return token;
    }

    @Override
    public String authorization() throws IOException, ParseException {
        return "Bearer " + token().getValue();
    }
}
