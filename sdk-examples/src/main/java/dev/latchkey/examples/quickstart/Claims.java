package dev.latchkey.examples.quickstart;

/** What the quick start claims, compared with what happened. */
final class Claims {
    private final Page page;
    private int kept;
    private int broken;

    Claims(Page page) {
        this.page = page;
    }

    /** Prints what happened, and whether that is what was claimed. */
    void check(String label, Object claimed, Object happened) {
        boolean same = claimed.equals(happened);
        if (same) {
            kept++;
        } else {
            broken++;
        }
        page.row(label, same ? happened + "  (ok)" : happened + "  (FAILED: " + claimed + " was claimed)");
    }

    int kept() {
        return kept;
    }

    int made() {
        return kept + broken;
    }

    boolean allKept() {
        return broken == 0;
    }
}
