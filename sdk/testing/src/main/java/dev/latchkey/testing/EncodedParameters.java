package dev.latchkey.testing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Parameters in the form of a query, wherever they stand: in a URL or in a body. */
final class EncodedParameters {

    private static final HttpUrl ANYWHERE =
            new HttpUrl.Builder().scheme("http").host("localhost").build();

    private EncodedParameters() {}

    /** A URL with these parameters. */
    static HttpUrl url(String encoded) {
        return ANYWHERE.newBuilder().encodedQuery(encoded).build();
    }

    /** The value, empty where the parameter is absent, or there more than once. */
    static Optional<String> value(String encoded, String name) {
        List<String> values = url(encoded).queryParameterValues(name).stream()
                .filter(Objects::nonNull)
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
