package dev.latchkey.examples.cli;

import okhttp3.HttpUrl;

/**
 * Where the token may go.
 *
 * @param argument the argument that says so
 * @param url a URL of that origin
 */
record ApiOrigin(String argument, String url) {
    static ApiOrigin of(HttpUrl called) {
        String host = called.host().contains(":") ? "[" + called.host() + "]" : called.host();
        return new ApiOrigin("URL", called.scheme() + "://" + host + ":" + called.port());
    }
}
