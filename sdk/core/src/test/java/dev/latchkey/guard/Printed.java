package dev.latchkey.guard;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything about a thing that could end in a log: its text, its stack trace, and what its accessors print. */
public final class Printed {
    private final StringBuilder text = new StringBuilder();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Printed() {}

    /** What a log statement with this argument would write. */
    public static String of(Object thing) {
        var printed = new Printed();
        printed.write(thing);
        return printed.text.toString();
    }

    /** The same, and what every accessor of it gives, to any depth. For things whose accessors are all safe to print. */
    public static String withAccessors(Object thing) {
        var printed = new Printed();
        printed.walk(thing);
        return printed.text.toString();
    }

    private void write(Object thing) {
        text.append(thing).append('\n');
        if (thing instanceof Throwable thrown) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            text.append(trace).append('\n');
        }
    }

    private void walk(Object thing) {
        if (thing instanceof Optional<?> optional) {
            optional.ifPresent(this::walk);
        } else if (thing instanceof Collection<?> collection) {
            collection.forEach(this::walk);
        } else if (thing instanceof Map<?, ?> map) {
            map.forEach((key, value) -> write(key + "=" + value));
        } else if (thing != null && seen.add(thing)) {
            write(thing);
            walkAccessors(thing);
        }
    }

    private void walkAccessors(Object thing) {
        if (!thing.getClass().getName().startsWith("dev.latchkey.")) {
            return;
        }
        for (Method method : thing.getClass().getMethods()) {
            if (isAccessor(method)) {
                walk(result(thing, method));
            }
        }
        if (thing instanceof Throwable thrown && thrown.getCause() != null) {
            walk(thrown.getCause());
        }
    }

    private static boolean isAccessor(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getReturnType() != void.class
                && method.getDeclaringClass().getName().startsWith("dev.latchkey.")
                && !method.getName().equals("rethrown")
                && !method.getName().equals("toBuilder");
    }

    private static Object result(Object thing, Method method) {
        try {
            return method.invoke(thing);
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
