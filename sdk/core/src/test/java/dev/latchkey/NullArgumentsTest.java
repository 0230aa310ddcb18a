package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.provider.Provider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of the front door refuses null at once and says which parameter it was. */
@Timeout(20)
class NullArgumentsTest {
    private static final TokenManager TOKENS = TokenManager.builder("https://auth.example.com/token")
            .clientId("c")
            .signingKey(Fixtures.KEY)
            .build();
    private static final Map<Class<?>, Object> TARGETS = Map.of(
            TokenManager.class, TOKENS,
            TokenManager.Builder.class, TokenManager.builder("https://auth.example.com/token"),
            OAuthInterceptor.class, OAuthInterceptor.of(TOKENS),
            OAuthInterceptor.Builder.class, OAuthInterceptor.builder(TOKENS),
            Provider.class, Provider.builder("https://auth.example.com/token").build(),
            Provider.Builder.class, Provider.builder("https://auth.example.com/token"));

    static Stream<Arguments> methods() {
        return TARGETS.keySet().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().matches("equals|intercept"))
                .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(type -> !type.isPrimitive()))
                .flatMap(NullArgumentsTest::eachParameter);
    }

    private static Stream<Arguments> eachParameter(Method method) {
        return Stream.iterate(0, i -> i < method.getParameterCount(), i -> i + 1)
                .map(i -> Arguments.of(method.getDeclaringClass().getName() + "." + method.getName() + i, method, i));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void call_null_namesTheParameter(String name, Method method, int index) {
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(type -> type == String.class ? (Object) "x-y" : null)
                .toArray();
        arguments[index] = null;

        assertThatThrownBy(() -> invoke(method, arguments))
                .isInstanceOf(NullPointerException.class)
                .message()
                .matches("[a-zA-Z]+");
    }

    private static void invoke(Method method, Object[] arguments) throws Throwable {
        try {
            method.invoke(TARGETS.get(method.getDeclaringClass()), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
