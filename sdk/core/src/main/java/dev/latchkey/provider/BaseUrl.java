package dev.latchkey.provider;

import java.net.URI;

/** The address under which a service with known paths is reached. */
final class BaseUrl {
    private BaseUrl() {}

    /** Without a slash at its end, so that paths can follow. */
    static String of(String baseUrl) {
        String checked = Urls.checked("baseUrl", baseUrl);
        if (URI.create(checked).getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "baseUrl: has a query; name scheme, host and port only, as in https://host");
        }
        return checked.endsWith("/") ? checked.substring(0, checked.length() - 1) : checked;
    }
}
