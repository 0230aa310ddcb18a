package dev.latchkey.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything public or protected in the exported packages of compiled classes, one line a member, in a stable order. */
final class ApiListing {
    private final Path classes;

    ApiListing(Path classes) {
        this.classes = classes;
    }

    static Set<String> exportedPackages(Path classes) {
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(exported -> !exported.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        exportedPackages(classes).stream().sorted().forEach(exported -> {
            lines.add("package " + exported);
            types(exported).forEach(type -> lines.addAll(linesOf(type)));
        });
        return lines;
    }

    private Stream<Class<?>> types(String packageName) {
        Path folder = classes.resolve(packageName.replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
            return names.stream().<Class<?>>map(ApiListing::load).filter(ApiListing::isVisible);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return !type.isSynthetic()
                && !type.isAnonymousClass()
                && isVisible(type.getModifiers())
                && (enclosing == null || isVisible(enclosing));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<String> linesOf(Class<?> type) {
        var lines = new ArrayList<String>();
        lines.add("  " + header(type));
        Stream.of(
                        visible(type.getDeclaredFields()).map(ApiListing::line),
                        visible(type.getDeclaredConstructors()).map(ApiListing::line),
                        visible(type.getDeclaredMethods()).map(ApiListing::line))
                .flatMap(found -> found.sorted())
                .forEach(line -> lines.add("    " + line));
        return lines;
    }

    private static <M extends Member> Stream<M> visible(M[] members) {
        return Arrays.stream(members).filter(member -> !member.isSynthetic() && isVisible(member.getModifiers()));
    }

    private static String header(Class<?> type) {
        var header = new StringBuilder(modifiers(type.getModifiers() & ~Modifier.INTERFACE, type.isInterface()));
        if (type.isSealed()) {
            header.append("sealed ");
        }
        header.append(
                        type.isInterface()
                                ? "interface "
                                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ")
                .append(type.getName())
                .append(variables(type.getTypeParameters()));
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum()) {
            header.append(" extends ").append(name(parent));
        }
        if (type.getGenericInterfaces().length > 0) {
            header.append(type.isInterface() ? " extends " : " implements ").append(names(type.getGenericInterfaces()));
        }
        return header.toString();
    }

    private static String line(Field field) {
        String type = nullable(field.getAnnotatedType()) + name(field.getGenericType());
        return modifiers(field.getModifiers(), false) + type + " " + field.getName() + value(field);
    }

    /** The value of a constant is compiled into its users, so it is part of the surface. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        if (!constant) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers(), false)
                + constructor.getDeclaringClass().getSimpleName()
                + signature(constructor);
    }

    private static String line(Method method) {
        String variables = variables(method.getTypeParameters());
        return modifiers(method.getModifiers(), method.getDeclaringClass().isInterface())
                + (method.isDefault() ? "default " : "")
                + (variables.isEmpty() ? "" : variables + " ")
                + nullable(method.getAnnotatedReturnType())
                + name(method.getGenericReturnType()) + " " + method.getName() + signature(method);
    }

    private static String signature(Executable executable) {
        var parameters = new ArrayList<String>();
        Type[] types = executable.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            String type = nullable(executable.getAnnotatedParameterTypes()[i]) + name(types[i]);
            boolean last = i == types.length - 1;
            parameters.add(last && executable.isVarArgs() ? type.replaceAll("\\[]$", "...") : type);
        }
        Type[] thrown = executable.getGenericExceptionTypes();
        return "(" + String.join(", ", parameters) + ")" + (thrown.length == 0 ? "" : " throws " + names(thrown));
    }

    private static String modifiers(int modifiers, boolean ofInterface) {
        int shown = modifiers
                & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT);
        String text = Modifier.toString(ofInterface ? shown & ~Modifier.ABSTRACT : shown);
        return text.isEmpty() ? "" : text + " ";
    }

    private static String nullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Arrays.stream(variables).map(ApiListing::bounded).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounded(TypeVariable<?> variable) {
        boolean unbounded = variable.getBounds().length == 1 && variable.getBounds()[0] == Object.class;
        return unbounded ? variable.getName() : variable.getName() + " extends " + names(variable.getBounds());
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(ApiListing::name).collect(Collectors.joining(", "));
    }

    /** Types of {@code java.lang} go without their package, as in a source file. */
    private static String name(Type type) {
        return type.getTypeName().replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }
}
