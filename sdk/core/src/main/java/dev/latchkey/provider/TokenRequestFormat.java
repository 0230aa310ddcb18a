package dev.latchkey.provider;

/** How the parameters of a token request are written. */
public enum TokenRequestFormat {
    /** {@code application/x-www-form-urlencoded}, as RFC 6749 has it. */
    FORM,
    /** A JSON object of strings, as some providers want it. */
    JSON
}
