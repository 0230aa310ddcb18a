package dev.latchkey;

import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.event.EventListener;
import dev.latchkey.grant.DeprecatedPasswordGrant;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.TokenStore;
import dev.latchkey.token.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What a builder was told, with the defaults of the rest. */
final class Settings {
    @Nullable
    String clientId;

    List<SigningKey> signingKeys = List.of();

    @Nullable
    String clientSecret;

    @Nullable
    ClientAuthentication clientAuthentication;

    java.security.@Nullable Provider jcaProvider;
    Scope scope = Scope.none();

    @Nullable
    DeprecatedPasswordGrant passwordGrant;

    @Nullable
    OkHttpClient httpClient;

    Duration requestTimeout = Duration.ofSeconds(10);
    Duration tokenTimeout = Duration.ofMinutes(1);
    int retries = 3;
    int residentSources = 10_000;
    Duration refreshMargin = Duration.ofMinutes(5);

    @Nullable
    TokenStore store;

    @Nullable
    EventListener eventListener;

    @Nullable
    ExecutorService executor;

    Time time = Time.system();
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    /** A builder may be used again: what it is told later is no concern of a manager that it made before. */
    Settings copy() {
        Settings copy = new Settings();
        copy.clientId = clientId;
        copy.signingKeys = signingKeys;
        copy.clientSecret = clientSecret;
        copy.clientAuthentication = clientAuthentication;
        copy.jcaProvider = jcaProvider;
        copy.scope = scope;
        copy.passwordGrant = passwordGrant;
        copy.httpClient = httpClient;
        copy.requestTimeout = requestTimeout;
        copy.tokenTimeout = tokenTimeout;
        copy.retries = retries;
        copy.residentSources = residentSources;
        copy.refreshMargin = refreshMargin;
        copy.store = store;
        copy.eventListener = eventListener;
        copy.executor = executor;
        copy.time = time;
        copy.random = random;
        return copy;
    }
}
