package dev.latchkey.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The documented errors of one provider, by id. */
record ErrorCatalog(String provider, List<DocumentedError> errors) {

    static final List<DocumentedError> ALL = read();

    static ErrorCatalog of(String provider) {
        return new ErrorCatalog(
                provider,
                ALL.stream()
                        .filter(error -> error.id().startsWith(provider + "-"))
                        .toList());
    }

    private static List<DocumentedError> read() {
        try (InputStream in = ErrorCatalog.class.getResourceAsStream("provider-errors.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        Objects.requireNonNull(in, "provider-errors.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(DocumentedError::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DocumentedError require(String id) {
        return errors.stream()
                .filter(error -> error.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No documented error " + id + " of " + provider
                        + ": known are "
                        + errors.stream().map(DocumentedError::id).toList()));
    }

    Reply reply(String id) {
        return require(id).reply();
    }

    /** What no client should ever send. */
    Refusal misuse(String id, String reason) {
        return Refusal.documented(reply(id), reason, true);
    }

    /** What may be wrong through no fault of the sender. */
    Refusal refusal(String id, String reason) {
        return Refusal.documented(reply(id), reason, false);
    }

    /** The other refusal in this provider's words, in which it may be already. */
    Refusal refusal(String id, Refusal other) {
        if (other.isDocumented()) {
            return other;
        }
        return Refusal.documented(reply(id), other.reason(), other.isMisuse());
    }
}
