package dev.latchkey.testing;

/** One site of a host, with the script of its answers and the gate at its door. */
record Lane(Site site, Script script, Gate gate) {

    /** A lane that nobody holds. */
    static Lane open(Site site, Script script) {
        return new Lane(site, script, new Gate());
    }
}
