package dev.latchkey.store;

import dev.latchkey.error.ReauthorizationReason;
import dev.latchkey.error.TokenStoreException;
import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.internal.json.JsonText;
import dev.latchkey.token.AccessToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.Scope;
import dev.latchkey.token.TokenKey;
import dev.latchkey.token.TokenType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored token as a flat JSON object of texts. Version 1 may gain members, which older readers ignore; whatever an older
 * reader would get wrong needs version 2, which it refuses.
 */
final class StoredTokenJson {
    /** Above this it is no token, and beside the limit of a reader there is room for the encryption. */
    private static final int LARGEST = 256 << 10;

    private static final String VERSION = "1";

    private StoredTokenJson() {}

    static byte[] write(TokenKey key, StoredToken token) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("v", VERSION);
        members.put("key", key.id());
        members.put("generation", Long.toString(token.generation()));
        token.accessToken().ifPresent(access -> put(members, access));
        token.refreshToken().ifPresent(refresh -> members.put("refresh_token", refresh.value()));
        token.refreshTokenExpiresAt().ifPresent(end -> members.put("refresh_token_expires_at", end.toString()));
        token.attemptStartedAt().ifPresent(start -> members.put("attempt_started_at", start.toString()));
        token.signedInAt().ifPresent(time -> members.put("signed_in_at", time.toString()));
        token.ended().ifPresent(reason -> members.put("ended", reason.name()));
        return bounded(JsonText.write(members));
    }

    private static void put(Map<String, String> members, AccessToken access) {
        members.put("access_token", access.value());
        members.put("token_type", access.type().name());
        members.put("scope", access.scope().toString());
        members.put("issued_at", access.issuedAt().toString());
        members.put("expires_at", access.expiresAt().toString());
    }

    private static byte[] bounded(byte[] json) {
        if (json.length > LARGEST) {
            throw new IllegalArgumentException("token: it takes " + json.length + " bytes, and a store keeps at most "
                    + LARGEST + "; check that what is stored is a token");
        }
        return json;
    }

    static StoredToken read(TokenKey key, byte[] json) throws TokenStoreException {
        JsonObject members = members(json);
        String version = members.text("v").orElse("none");
        if (!version.equals(VERSION)) {
            throw StoreFailures.unreadable(
                    "it has format version " + (version.length() > 20 ? "unknown" : version),
                    "This SDK reads version " + VERSION + ". Use the SDK that wrote it, or a later one.");
        }
        if (!members.text("key").filter(key.id()::equals).isPresent()) {
            throw StoreFailures.unreadable(
                    "it belongs to another token key",
                    "It was copied or moved to this place; do not use the store before it is known who did that."
                            + " A new sign-in replaces it.");
        }
        return token(members);
    }

    private static JsonObject members(byte[] json) throws TokenStoreException {
        try {
            return JsonObject.read(json);
        } catch (JsonException e) {
            throw StoreFailures.notAToken();
        }
    }

    private static StoredToken token(JsonObject members) throws TokenStoreException {
        try {
            return StoredToken.builder(Long.parseLong(required(members, "generation")))
                    .accessToken(accessToken(members))
                    .refreshToken(refreshToken(members), instant(members, "refresh_token_expires_at"))
                    .attemptStartedAt(instant(members, "attempt_started_at"))
                    .signedInAt(instant(members, "signed_in_at"))
                    .ended(ended(members))
                    .build();
        } catch (DateTimeException | IllegalArgumentException e) {
            // Without the cause: it quotes what it could not read.
            throw StoreFailures.notAToken();
        }
    }

    private static @Nullable AccessToken accessToken(JsonObject members) {
        if (!members.has("access_token")) {
            return null;
        }
        return AccessToken.of(
                required(members, "access_token"),
                TokenType.of(required(members, "token_type")),
                Scope.of(required(members, "scope")),
                Instant.parse(required(members, "issued_at")),
                Instant.parse(required(members, "expires_at")));
    }

    /** A program that joined texts without a look may have stored the word null; nobody's refresh token is that. */
    private static @Nullable RefreshToken refreshToken(JsonObject members) {
        return members.words("refresh_token")
                .filter(value -> !value.equals("null"))
                .map(RefreshToken::of)
                .orElse(null);
    }

    private static @Nullable Instant instant(JsonObject members, String name) {
        return members.has(name) ? Instant.parse(required(members, name)) : null;
    }

    private static @Nullable ReauthorizationReason ended(JsonObject members) {
        return members.has("ended") ? ReauthorizationReason.valueOf(required(members, "ended")) : null;
    }

    private static String required(JsonObject members, String name) {
        return members.text(name).orElseThrow(() -> new IllegalArgumentException(name));
    }
}
