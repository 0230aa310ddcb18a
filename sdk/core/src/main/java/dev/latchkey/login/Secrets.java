package dev.latchkey.login;

/**
 * What ties a callback to the sign-in that it ends. Prints nothing of it.
 *
 * @param state goes to the server and comes back
 * @param nonce goes to the server and comes back in the ID token; empty where none is asked for
 * @param verifier stays here until the code is exchanged
 */
record Secrets(String state, String nonce, String verifier) {
    @Override
    public String toString() {
        return "*****";
    }
}
