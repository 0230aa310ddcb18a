package dev.latchkey.benchmarks;

import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;

/**
 * A call that goes nowhere: what interceptors keep with a call costs what it costs with a real one. Made anew for each, as OkHttp does:
 * in an object that stays, what is kept would be a reference from old to young, which the collector is told of each time.
 */
final class StubCall implements Call {
    private final Request request;
    private Tag<?> tags;

    /** As OkHttp keeps them: a list, compared by the class that Kotlin wraps around the class. */
    private record Tag<T>(KClass<T> type, Object value, Tag<?> next) {}

    StubCall(Request request) {
        this.request = request;
    }

    @Override
    public <T> T tag(KClass<T> type) {
        for (Tag<?> tag = tags; tag != null; tag = tag.next) {
            if (tag.type.equals(type)) {
                return JvmClassMappingKt.getJavaObjectType(type).cast(tag.value);
            }
        }
        return null;
    }

    @Override
    public <T> T tag(Class<? extends T> type) {
        return tag(JvmClassMappingKt.getKotlinClass(type));
    }

    @Override
    public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
        T known = tag(type);
        if (known != null) {
            return known;
        }
        T value = computeIfAbsent.invoke();
        tags = new Tag<>(type, value, tags);
        return value;
    }

    @Override
    public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
        return tag(JvmClassMappingKt.getKotlinClass(type), computeIfAbsent);
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Response execute() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enqueue(Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isExecuted() {
        return true;
    }

    @Override
    public boolean isCanceled() {
        return false;
    }

    @Override
    public Timeout timeout() {
        return Timeout.NONE;
    }

    @Override
    public void addEventListener(EventListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Call clone() {
        return new StubCall(request);
    }
}
