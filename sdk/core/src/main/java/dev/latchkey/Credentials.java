package dev.latchkey;

import dev.latchkey.token.AccessToken;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a call is entitled to carry, kept with the call from where it begins to where each hop leaves. Tags are printed, so
 * this prints nothing.
 *
 * <p>Thread-safety: not thread-safe, like the chain of interceptors of one call.
 */
final class Credentials {
    /** OkHttp wraps a {@code Class} anew for each look, and keeps that with each call. */
    private static final KClass<Credentials> TAG = JvmClassMappingKt.getKotlinClass(Credentials.class);

    private @Nullable AccessToken token;
    private boolean reachedAHop;

    private Credentials() {}

    /** Where a call begins, and again where it is replayed. */
    static Credentials carriedBy(Call call, @Nullable AccessToken token) {
        Credentials credentials = call.tag(TAG, Credentials::new);
        credentials.token = token;
        credentials.reachedAHop = false;
        return credentials;
    }

    /** {@return what the call carries; null if it did not begin with our interceptor} */
    static @Nullable Credentials of(Call call) {
        return call.tag(TAG);
    }

    /** {@return the token; null for a request that brings its own} */
    @Nullable
    AccessToken token() {
        return token;
    }

    void reachAHop() {
        reachedAHop = true;
    }

    /** Whether an answer came over the network though no hop has seen these credentials. */
    boolean neverReachedAHop(Response response) {
        return response.networkResponse() != null && !reachedAHop;
    }

    @Override
    public String toString() {
        return "*****";
    }
}
