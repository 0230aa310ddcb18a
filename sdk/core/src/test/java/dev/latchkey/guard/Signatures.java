package dev.latchkey.guard;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users see of a class. */
final class Signatures {
    static final DescribedPredicate<JavaClass> EXPORTED =
            DescribedPredicate.describe("are exported", Signatures::isExported);

    private static final Set<String> EXPORTED_PACKAGES = ApiListing.exportedPackages(Places.MAIN_CLASSES);

    private Signatures() {}

    static ArchCondition<JavaCodeUnit> haveParameterOf(Class<?> type) {
        return new ArchCondition<>("have a parameter of " + type.getName()) {
            @Override
            public void check(JavaCodeUnit codeUnit, ConditionEvents events) {
                boolean has = !isSynthetic(codeUnit)
                        && codeUnit.getRawParameterTypes().stream().anyMatch(raw -> raw.isEquivalentTo(type));
                events.add(new SimpleConditionEvent(codeUnit, has, codeUnit.getDescription() + " takes one"));
            }
        };
    }

    static ArchCondition<JavaClass> beClosedToSubclasses() {
        return new ArchCondition<>("be final, sealed, an enum or an interface") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.isInterface()
                        || type.isEnum()
                        || type.getModifiers().contains(JavaModifier.FINAL)
                        || type.reflect().isSealed();
                events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open to subclasses"));
            }
        };
    }

    static ArchCondition<JavaClass> exposeOnlyJdkAndOurTypes() {
        return new ArchCondition<>("have only types of the JDK and ours in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean frontDoor = type.getPackageName().equals("dev.latchkey");
                types(type)
                        .filter(seen -> !mayBeSeen(seen, frontDoor))
                        .forEach(seen -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " shows " + seen.getName())));
            }
        };
    }

    private static Stream<JavaClass> types(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaClass> ofMembers = type.getMembers().stream()
                .filter(Signatures::isVisible)
                .flatMap(member -> member.getAllInvolvedRawTypes().stream());
        Stream<JavaClass> thrown = type.getCodeUnits().stream()
                .filter(Signatures::isVisible)
                .flatMap(codeUnit -> codeUnit.getExceptionTypes().stream());
        return Stream.of(parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream()), ofMembers, thrown)
                .flatMap(found -> found)
                .map(JavaClass::getBaseComponentType)
                .collect(Collectors.toSet())
                .stream();
    }

    private static boolean mayBeSeen(JavaClass type, boolean frontDoor) {
        String packageName = type.getPackageName();
        return type.isPrimitive()
                || packageName.startsWith("java.")
                || packageName.startsWith("javax.crypto")
                || isExported(type)
                || (frontDoor && packageName.equals("okhttp3"));
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !isSynthetic(member)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isSynthetic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isExported(JavaClass type) {
        boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return visible
                && EXPORTED_PACKAGES.contains(type.getPackageName())
                && type.getEnclosingClass().map(Signatures::isExported).orElse(true);
    }
}
