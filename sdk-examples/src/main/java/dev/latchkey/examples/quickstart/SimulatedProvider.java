package dev.latchkey.examples.quickstart;

import dev.latchkey.TokenManager;
import dev.latchkey.event.EventListener;
import dev.latchkey.provider.Provider;
import dev.latchkey.testing.DocumentedError;
import dev.latchkey.testing.ProviderSimulator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A prepared provider at its simulator, with a client that is registered there.
 *
 * @param simulator the simulator
 * @param provider the provider, at the simulator's address
 * @param credentials what the client proves itself with
 * @param particulars what is claimed of this provider
 * @param people those who can sign in: one, or none where a provider knows no people
 */
record SimulatedProvider(
        ProviderSimulator simulator,
        Provider provider,
        Credentials credentials,
        Particulars particulars,
        List<Person> people)
        implements AutoCloseable {
    /**
     * People of a provider.
     *
     * @param signIn gives the refresh token that the sign-in of a user brings
     * @param path a path of the API that needs a person
     * @param afterUse what a refresh token is once it was used: spent, or still good
     */
    record Person(UnaryOperator<String> signIn, String path, String afterUse) {}

    TokenManager manager(EventListener events) {
        return credentials
                .to(TokenManager.builder(provider))
                .eventListener(events)
                .build();
    }

    /** {@return whether the client has tokens of its own, or only those of people} */
    boolean hasOwnTokens() {
        return provider.offers("client_credentials");
    }

    DocumentedError error(String id) {
        return simulator.errors().stream()
                .filter(error -> error.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
