package dev.latchkey.testing;

/** The addresses of the server. */
record Endpoints(String issuer, String tokenEndpoint, String tokenPath) {}
