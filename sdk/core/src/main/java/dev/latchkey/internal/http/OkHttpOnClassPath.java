package dev.latchkey.internal.http;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises OkHttp twice on the class path. Maven does not know that {@code okhttp} 4 and {@code okhttp-jvm} 5 are one
 * library, so a project can end up with both, and the first one wins.
 */
public final class OkHttpOnClassPath {
    private static final Logger LOG = LoggerFactory.getLogger(OkHttpOnClassPath.class);
    private static final String CURE =
            "Import com.squareup.okhttp3:okhttp-bom:5.5.1 (type pom, scope import) before every other BOM in"
                    + " dependencyManagement, or under a Spring Boot 3.2 or 3.3 parent set the property okhttp.version to 5.5.1;"
                    + " then okhttp is an empty jar and okhttp-jvm is the only OkHttp.";

    private OkHttpOnClassPath() {}

    /**
     * Refuses OkHttp before 5.5, and warns where OkHttp stands twice but the right one comes first.
     *
     * @throws IllegalStateException if the OkHttp that is loaded is another, with the cure
     */
    public static void check() {
        judge(version(), copies());
    }

    /** The decision, apart from where its facts come from. */
    static void judge(String version, Set<String> copies) {
        if (!isSupported(version)) {
            throw new IllegalStateException("OkHttp " + version + " is loaded, but Latchkey needs OkHttp 5.5 or later ("
                    + copies.size() + " on the class path: " + String.join(", ", copies) + "). " + CURE);
        }
        if (copies.size() > 1) {
            LOG.warn("OkHttp is on the class path {} times: {}. {}", copies.size(), copies, CURE);
        }
    }

    /** What the interceptor needs to leave a wait when its call is cancelled came with 5.4 or 5.5. */
    private static boolean isSupported(String version) {
        return version.matches("5\\.([5-9]|\\d{2,})\\..*");
    }

    /** Read by reflection: a constant would be the one that Latchkey was compiled with. */
    private static String version() {
        try {
            return (String) Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
        } catch (ReflectiveOperationException e) {
            return "of an unknown version";
        }
    }

    private static Set<String> copies() {
        Set<String> copies = new LinkedHashSet<>();
        try {
            ClassLoader loader = OkHttpClient.class.getClassLoader();
            for (URL url : Collections.list(loader.getResources("okhttp3/OkHttpClient.class"))) {
                copies.add(jarName(url));
            }
        } catch (IOException e) {
            LOG.debug("The class path could not be read: {}", e.getClass().getName());
        }
        return copies;
    }

    /** The name of the jar without its folder: a path would tell about the machine. */
    private static String jarName(URL url) {
        String path = url.getPath();
        int end = path.indexOf('!');
        String jar = end < 0 ? path : path.substring(0, end);
        return jar.substring(jar.lastIndexOf('/') + 1);
    }
}
