package dev.latchkey.benchmarks;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who brings what, as Maven prints it; what is shown shortened in one place is followed to where it is shown whole. */
final class DependencyTree {
    private static final Pattern LINE = Pattern.compile(
            "^([ |+\\\\-]*)\\(?([\\w.-]+):([\\w.-]+):jar:(?:([\\w.-]+):)?([\\w.-]+):(compile|runtime).*");

    private final Map<String, Set<String>> brought = new HashMap<>();
    private final Map<String, String> jars = new HashMap<>();

    static DependencyTree read(String text) {
        DependencyTree tree = new DependencyTree();
        Deque<String> path = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                int depth = matcher.group(1).length() / 3;
                while (path.size() >= depth) {
                    path.pop();
                }
                tree.add(path.peek(), matcher, line.contains("omitted for"));
                path.push(matcher.group(2) + ":" + matcher.group(3));
            }
        }
        return tree;
    }

    private void add(String parent, Matcher line, boolean elsewhere) {
        String name = line.group(2) + ":" + line.group(3);
        if (parent != null) {
            brought.computeIfAbsent(parent, any -> new LinkedHashSet<>()).add(name);
        }
        if (!elsewhere) {
            String classifier = line.group(4) == null ? "" : "-" + line.group(4);
            jars.put(name, line.group(3) + "-" + line.group(5) + classifier + ".jar");
        }
    }

    /** {@return the file names of what these bring, themselves included} */
    Set<String> jarsOf(Collection<String> roots) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (seen.add(name)) {
                open.addAll(brought.getOrDefault(name, Set.of()));
            }
        }
        Set<String> files = new TreeSet<>();
        seen.stream().filter(jars::containsKey).forEach(name -> files.add(jars.get(name)));
        return files;
    }
}
