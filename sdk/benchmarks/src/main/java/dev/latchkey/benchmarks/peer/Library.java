package dev.latchkey.benchmarks.peer;

import java.net.URI;

/** What is compared. */
public enum Library {
    LIMIT("the limit", LimitPeer::new),
    LATCHKEY("**Latchkey**", LatchkeyPeer::new),
    GOOGLE_AUTH("google-auth", GooglePeer::new),
    AWS("AWS CachedSupplier", uri -> AwsPeer.nonBlocking(uri)),
    AWS_ONE_CALLER("AWS CachedSupplier, one caller blocks", uri -> AwsPeer.oneCallerBlocks(uri)),
    NIMBUS("nimbus, synchronized by hand", NimbusPeer::new),
    SPRING("Spring manager", SpringPeer::new),
    AZURE("Azure AccessTokenCache", AzurePeer::new),
    AZURE_SIMPLE("Azure SimpleTokenCache", AzureSimplePeer::new),
    MSAL4J("MSAL4J", MsalPeer::new);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // A constructor holds nothing.
    private final Opening opening;

    private interface Opening {
        Peer open(URI endpoint) throws Exception;
    }

    Library(String label, Opening opening) {
        this.label = label;
        this.opening = opening;
    }

    /** {@return how tables name it} */
    public String label() {
        return label;
    }

    /** {@return whether it is what another library would do} */
    public boolean isPeer() {
        return this != LIMIT && this != LATCHKEY;
    }

    /** Sets it up to get tokens from this endpoint with a client secret. */
    public Peer open(URI endpoint) throws Exception {
        return opening.open(endpoint);
    }
}
