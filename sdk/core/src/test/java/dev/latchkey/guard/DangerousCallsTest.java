package dev.latchkey.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ObjectInputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards against calls with which others hurt themselves: the library makes none of them. */
@Timeout(60)
class DangerousCallsTest {
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Places.MAIN_CLASSES);

    private static void assertNone(DescribedPredicate<JavaAccess<?>> calls, String because) {
        noClasses().should().accessTargetWhere(calls).because(because).check(MAIN);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Map<Class<?>, Set<String>> names) {
        return Calls.of("calls that hurt", names);
    }

    @Test
    void headers_withoutACheckOfTheirCharacters_areNotMade() {
        // V-06
        assertNone(
                calls(Map.of(
                        Headers.Builder.class, Set.of("addUnsafeNonAscii", "addLenient$okhttp"),
                        Headers.class, Set.of("addUnsafeNonAscii"))),
                "it lets a line break through, and so a header of somebody else's making");
    }

    @Test
    void processes_andBrowsers_areNotStarted() {
        // V-16
        assertNone(
                calls(Map.of(ProcessBuilder.class, Set.of("<init>"), Runtime.class, Set.of("exec"))),
                "an address from a server must not become a command");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.script..")
                .because("the application opens the browser, in a way of its own")
                .check(MAIN);
    }

    @Test
    void randomness_ofSecrets_isTheDefaultOfTheJdk() {
        // V-31
        assertNone(
                calls(Map.of(
                        SecureRandom.class, Set.of("getInstanceStrong", "getInstance", "setSeed"),
                        Random.class, Set.of("<init>"),
                        Math.class, Set.of("random"))),
                "getInstanceStrong may wait for entropy, a seed or Random can be guessed");
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Settings")
                .and()
                .haveSimpleNameNotEndingWith("StoreLocks")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .because("it is for the jitter of pauses, and for nothing that must not be guessed")
                .check(MAIN);
    }

    @Test
    void comparisonOfSecrets_all_takeTheSameTime() {
        // V-32
        DescribedPredicate<JavaAccess<?>> isEqual = calls(Map.of(MessageDigest.class, Set.of("isEqual")));
        assertThat(MAIN.stream()
                        .filter(type -> type.getAccessesFromSelf().stream().anyMatch(isEqual))
                        .map(type -> type.getSimpleName()))
                .as("who compares secrets does so with MessageDigest.isEqual")
                .contains("CallbackParameters", "AccessToken", "RefreshToken");
    }

    @Test
    void tls_isLeftToTheClientOfTheUser() {
        // V-33, R-66: nothing here can weaken what OkHttp and the JDK check, and nobody can ask for it.
        assertNone(
                calls(Map.of(
                        OkHttpClient.Builder.class,
                                Set.of("hostnameVerifier", "sslSocketFactory", "certificatePinner", "connectionSpecs"),
                        SSLContext.class, Set.of("init", "getInstance", "setDefault"),
                        HttpsURLConnection.class, Set.of("setDefaultHostnameVerifier", "setDefaultSSLSocketFactory"))),
                "the user's client decides whom to trust; there is no switch to turn checks off");
    }

    @Test
    void objects_areNotMadeFromWhatOthersWrote() {
        // V-39
        assertNone(
                calls(Map.of(
                        ObjectInputStream.class, Set.of("<init>"),
                        ObjectMapper.class,
                                Set.of(
                                        "activateDefaultTyping",
                                        "activateDefaultTypingAsProperty",
                                        "enableDefaultTyping",
                                        "setPolymorphicTypeValidator",
                                        "readValue",
                                        "treeToValue"))),
                "JSON is read as a tree, and nothing is deserialised");
    }

    /** The search itself works: a call that is there is found. */
    @Test
    void search_aCallThatIsThere_findsIt() {
        DescribedPredicate<JavaAccess<?>> used = calls(Map.of(SecureRandom.class, Set.of("nextBytes")));
        assertThat(MAIN.stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(used))
                .isNotEmpty();
    }
}
