package dev.latchkey.mutation;

import java.io.File;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Counts what PIT reported, for each package. Runs at the end of the profile {@code mutation}. */
public final class MutationFigures {
    private final Map<String, int[]> byPackage = new TreeMap<>();
    private final int[] all = new int[2];

    private MutationFigures() {}

    public static void main(String[] arguments) throws Exception {
        var figures = new MutationFigures();
        NodeList mutants = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File(arguments[0]))
                .getElementsByTagName("mutation");
        for (int i = 0; i < mutants.getLength(); i++) {
            figures.add((Element) mutants.item(i));
        }
        System.out.println("mutation: " + figures);
    }

    private void add(Element mutant) {
        String type = mutant.getElementsByTagName("mutatedClass").item(0).getTextContent();
        String name = type.substring(0, type.lastIndexOf('.'));
        int killed = Boolean.parseBoolean(mutant.getAttribute("detected")) ? 1 : 0;
        int[] one = byPackage.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), ignored -> new int[2]);
        one[0]++;
        one[1] += killed;
        all[0]++;
        all[1] += killed;
    }

    private static String percent(int[] counts) {
        return String.format(Locale.ROOT, "%.0f%%", 100.0 * counts[1] / counts[0]);
    }

    @Override
    public String toString() {
        String each = byPackage.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue()[1] + "/" + one.getValue()[0] + "="
                        + percent(one.getValue()))
                .collect(Collectors.joining(" "));
        return "mutants=" + all[0] + " killed=" + all[1] + " percent=" + percent(all) + " " + each;
    }
}
