package dev.latchkey.guard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards the house: who may import whom, and what no class may do. */
@Timeout(120)
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Places.MAIN_CLASSES);
    private static final JavaClasses TESTS = new ClassFileImporter().importPaths(Places.testClasses());

    static Stream<PackageTable.Row> rows() {
        return PackageTable.ROWS.stream();
    }

    static Stream<PackageTable.Library> libraries() {
        return PackageTable.LIBRARIES.stream();
    }

    @Test
    void packages_all_areInTheTable() {
        var listed = new TreeSet<>(
                rows().map(row -> PackageTable.absolute(row.name())).toList());
        var found = new TreeSet<String>();
        MAIN.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .forEach(found::add);

        assertThat(listed)
                .as("a new package needs a row in PackageTable, and so a decision about what it may import")
                .containsAll(found);
        assertThat(found).as("classes were found at all").contains("dev.latchkey", "dev.latchkey.internal.time");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void package_importingOurs_keepsToTheTable(PackageTable.Row row) {
        classes()
                .that()
                .resideInAPackage(PackageTable.absolute(row.name()))
                .should(importOnlyWhatTheTableAllows(row))
                .because(row.because())
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void subPackages_all_areFreeOfCycles() {
        slices().matching("dev.latchkey.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that cannot be read without another one is part of it")
                .check(MAIN);
    }

    @Test
    void frontDoor_anyInside_isNotImported() {
        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.*..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.latchkey"))
                .because("the front door stands on everything, so nothing stands on it")
                .check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void library_outsideItsPackages_isNotUsed(PackageTable.Library library) {
        String[] allowed =
                library.allowedIn().stream().map(PackageTable::absolute).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat(resideInAnyPackage(library.packages().toArray(String[]::new)))
                .because(library.name() + " must stay replaceable: all use of it is in " + library.allowedIn())
                .check(MAIN);
    }

    @Test
    void clocksAndTimers_outsideInternalTime_areNotUsed() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latchkey.internal.time")
                .should()
                .accessTargetWhere(Calls.READING_A_CLOCK.or(Calls.STARTING_A_TIMER))
                .because(
                        "one fake moves all time of a manager, so all of it comes from dev.latchkey.internal.time.Time")
                .check(MAIN);
    }

    @Test
    void sleeping_anywhereInMain_isNotDone() {
        noClasses()
                .should()
                .accessTargetWhere(Calls.SLEEPING)
                .because("a thread that sleeps can neither be woken nor tested; use Time.after")
                .check(MAIN);
    }

    @Test
    void commonPool_anywhere_isNotUsed() {
        noClasses()
                .should()
                .accessTargetWhere(Calls.USING_THE_COMMON_POOL)
                .because("it belongs to the application, which may hold its one thread for as long as it likes")
                .check(MAIN);
        noClasses()
                .should()
                .accessTargetWhere(Calls.USING_THE_COMMON_POOL)
                .because("a test must not wait for what another one left behind")
                .check(TESTS);
    }

    @Test
    void sleeping_anywhereInTests_isNotDone() {
        noClasses()
                .should()
                .accessTargetWhere(Calls.SLEEPING)
                .because(
                        "a test that sleeps is slow when it passes and flaky when it matters; push FakeTime or use a latch")
                .check(TESTS);
    }

    @Test
    void testClasses_all_haveATimeout() {
        JavaClasses tests = new ClassFileImporter().importPath(Places.CORE.resolve("target/test-classes"));

        classes()
                .that(haveTests())
                .should()
                .beAnnotatedWith(Timeout.class)
                .orShould()
                .beMemberClasses()
                .because("a hang must fail in seconds")
                .check(tests);
    }

    @Test
    void methods_all_areNotSynchronized() {
        noMethods()
                .should(haveModifier(JavaModifier.SYNCHRONIZED))
                .because("a monitor held across I/O pins virtual threads; use an atomic or a ReentrantLock")
                .check(MAIN);
    }

    @Test
    void methods_all_enterNoMonitor() {
        assertThat(Bytecode.methodsWith(Places.MAIN_CLASSES, "monitorenter"))
                .as("a monitor held across I/O pins virtual threads; use an atomic or a ReentrantLock")
                .isEmpty();
    }

    @Test
    void bytecodeSearch_anInstructionThatIsThere_findsIt() {
        assertThat(Bytecode.methodsWith(Places.MAIN_CLASSES, "tableswitch")).isNotEmpty();
    }

    @Test
    void sharedState_all_isListedInTheThreadsPage() throws IOException {
        String page = Files.readString(Places.ROOT.resolve("docs/threading.md"));

        var unlisted = MAIN.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(ArchitectureTest::isShared)
                .map(field -> field.getOwner().getSimpleName() + "." + field.getName())
                .filter(name ->
                        !page.contains(name) && !page.contains("`" + name.substring(0, name.indexOf('.')) + "`"))
                .toList();

        assertThat(unlisted)
                .as("docs/threading.md says what guards each of these")
                .isEmpty();
        assertThat(page).contains("CachingTokenSource.state");
    }

    @Test
    void sources_outsideTheProviders_nameNone() throws IOException {
        var name = Pattern.compile("(?i)\\b(redox|baanx|oath|olx|yahoo|smart)\\b");
        try (var files = Files.walk(Places.ROOT.resolve("sdk/core/src/main/java/dev/latchkey"))) {
            var naming = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/provider/"))
                    .filter(file -> name.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(naming)
                    .as("what is particular to a provider is data in dev.latchkey.provider")
                    .isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void types_apartFromExceptionsAndEnums_areNotSerializable() {
        // V-39
        noClasses()
                .that()
                .areNotAssignableTo(Throwable.class)
                .and()
                .areNotAssignableTo(SecureRandom.class)
                .and()
                .areNotEnums()
                .should()
                .beAssignableTo(Serializable.class)
                .because("Java serialisation would make private fields a format, and write secrets")
                .check(MAIN);
    }

    @Test
    void logging_all_goesThroughSlf4j() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..",
                        "org.apache.logging..",
                        "org.apache.commons.logging..",
                        "ch.qos.logback.."))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(System.Logger.class)
                .orShould()
                .accessTargetWhere(Calls.PRINTING)
                .because("an application has one place where it says what is logged; SLF4J is it")
                .check(MAIN);
    }

    @Test
    void optional_fieldsAndParameters_areNotUsed() {
        noFields().should().haveRawType(Optional.class).check(MAIN);
        noCodeUnits()
                .should(Signatures.haveParameterOf(Optional.class))
                .because("a missing value is null inside and an Optional only where it is returned")
                .check(MAIN);
    }

    @Test
    void exportedTypes_all_areFinalOrSealedOrInterfaces() {
        classes()
                .that(Signatures.EXPORTED)
                .should(Signatures.beClosedToSubclasses())
                .because("what users may extend can never change; hide it, seal it or make it final")
                .check(MAIN);
    }

    @Test
    void exportedTypes_all_areNotRecords() {
        noClasses()
                .that(Signatures.EXPORTED)
                .should()
                .beRecords()
                .because("another component would break everybody who was compiled against the record")
                .check(MAIN);
    }

    @Test
    void exportedFields_all_areConstants() {
        fields().that()
                .areDeclaredInClassesThat(Signatures.EXPORTED)
                .and()
                .arePublic()
                .or()
                .areProtected()
                .and()
                .areDeclaredInClassesThat(Signatures.EXPORTED)
                .should()
                .beStatic()
                .andShould()
                .beFinal()
                .check(MAIN);
    }

    @Test
    void exportedSignatures_all_useOnlyTheJdkAndOurOwnTypes() {
        classes()
                .that(Signatures.EXPORTED)
                .should(Signatures.exposeOnlyJdkAndOurTypes())
                .because("a library in a signature is a library that users must have in our version;"
                        + " OkHttp may appear at the front door only, where users hand it over or receive it")
                .check(MAIN);
    }

    private static boolean isShared(JavaField field) {
        String type = field.getRawType().getBaseComponentType().getName();
        return field.getModifiers().contains(JavaModifier.VOLATILE)
                || type.startsWith("java.util.concurrent.atomic.")
                || type.startsWith("java.util.concurrent.locks.")
                || type.startsWith("java.util.concurrent.Concurrent")
                || type.startsWith("com.github.benmanes.");
    }

    private static DescribedPredicate<JavaClass> haveTests() {
        DescribedPredicate<JavaMethod> test = annotatedWith(Test.class)
                .or(annotatedWith(ParameterizedTest.class))
                .forSubtype();
        return DescribedPredicate.describe(
                "have tests", type -> type.getMethods().stream().anyMatch(test));
    }

    private static ArchCondition<JavaClass> importOnlyWhatTheTableAllows(PackageTable.Row row) {
        return new ArchCondition<>("import only " + row.mayImport() + " of our packages") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String imported =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (PackageTable.isOurs(imported) && !row.allows(PackageTable.relative(imported))) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
