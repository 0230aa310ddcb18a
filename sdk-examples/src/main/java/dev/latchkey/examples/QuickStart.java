package dev.latchkey.examples;

import dev.latchkey.examples.quickstart.Demo;
import dev.latchkey.examples.quickstart.Page;
import dev.latchkey.examples.quickstart.ProviderRun;
import dev.latchkey.examples.quickstart.RealRun;
import java.io.PrintStream;
import java.util.Map;

/**
 * Shows the library at work: against servers inside this process, against the simulator of a prepared provider or, with {@code
 * REDOX_CLIENT_ID}, {@code REDOX_KEY} (the
 * path of a key file) and {@code REDOX_KID} in the environment, against Redox itself.
 *
 * <p>Whatever is printed was taken from an event, an exception or a counter of a server while the program ran, and every
 * claim is checked.
 */
public final class QuickStart {
    private QuickStart() {}

    /**
     * Runs the quick start and exits: 0 if everything was as claimed, 1 if not, otherwise as {@link RealRun} says.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.getenv(), ""));
    }

    /**
     * Runs the quick start.
     *
     * @param out where to print
     * @param environment the variables that may name a client at Redox
     * @param provider the name of a prepared provider, to run against its simulator; empty for none
     * @return the exit code
     * @throws IllegalArgumentException if there is no such provider; the message lists those there are
     */
    public static int run(PrintStream out, Map<String, String> environment, String provider) {
        Page page = new Page(out);
        if (!provider.isEmpty()) {
            return new ProviderRun(page, provider).run();
        }
        return environment.containsKey(RealRun.CLIENT_ID) ? new RealRun(page, environment).run() : new Demo(page).run();
    }
}
