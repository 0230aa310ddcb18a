package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs all sections, or those named, and prints their tables. {@code --quick} measures shorter and less surely. */
public final class Main {
    private static final Map<String, Section> SECTIONS = sections();

    private Main() {}

    private static Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("token", new TokenSection());
        sections.put("interceptor", new InterceptorSection());
        sections.put("signing", new SigningSection());
        sections.put("loopback", new LoopbackSection());
        sections.put("herd", new HerdSection());
        sections.put("ahead", new AheadSection());
        sections.put("outage", new OutageSection());
        sections.put("start", new StartSection());
        sections.put("size", new SizeSection());
        sections.put("memory", new MemorySection());
        sections.put("store", new StoreSection());
        return sections;
    }

    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(List.of(args));
        Measuring measuring = names.remove("--quick") ? Measuring.quick() : Measuring.thorough();
        if (!SECTIONS.keySet().containsAll(names)) {
            System.err.println("Usage: java -jar benchmarks.jar [--quick] [SECTION...]\nSections: "
                    + String.join(" ", SECTIONS.keySet()));
            System.exit(2);
        }
        System.out.println(Machine.description());
        for (String name : names.isEmpty() ? SECTIONS.keySet() : names) {
            System.out.println("\n## " + name + "\n");
            SECTIONS.get(name).run(measuring);
        }
        System.exit(0);
    }
}
