package dev.latchkey.internal.endpoint;

import dev.latchkey.error.InvalidResponseException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.internal.http.HttpAnswer;
import dev.latchkey.internal.http.InvalidResponses;
import dev.latchkey.internal.http.RequestFacts;
import dev.latchkey.internal.http.TokenErrors;
import dev.latchkey.internal.json.JsonException;
import dev.latchkey.internal.json.JsonObject;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.TokenResponse;
import dev.latchkey.token.TokenType;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a token request (RFC 6749, section 5.1).
 *
 * <p>Where servers stray, this much is taken: no {@code token_type} means Bearer, {@code expires_in}
 * may be a text or a fraction, {@code scope} may be an array, and a refresh token that is empty or the word {@code null} is
 * none. What is not taken is a token that could not be sent as it is.
 */
public final class TokenAnswers {
    /** A Bearer token, RFC 6750, section 2.1. Anything else could forge a header. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*+");

    /** A refresh token, RFC 6749, appendix A.17. */
    private static final Pattern VSCHAR = Pattern.compile("[\\x20-\\x7e]+");

    private static final Set<String> NOTHING = Set.of("null", "undefined", "none", "nil");

    private TokenAnswers() {}

    /**
     * Reads an answer.
     *
     * @param answer the answer, of any status
     * @param facts what was sent
     * @return the token response
     * @throws OAuthException a {@link dev.latchkey.error.TokenRequestException} where the server refused or failed, an
     *     {@link InvalidResponseException} where its answer breaks the protocol
     */
    public static TokenResponse read(HttpAnswer answer, RequestFacts facts) throws OAuthException {
        if (!answer.isSuccess()) {
            throw TokenErrors.read(answer, facts);
        }
        JsonObject json = json(answer, facts);
        if (json.words("error").isPresent() || json.object("error").isPresent()) {
            throw TokenErrors.read(answer, facts);
        }
        return TokenResponse.builder(accessToken(json, answer, facts))
                .tokenType(tokenType(json, answer, facts))
                .expiresIn(TokenMembers.life(json, "expires_in"))
                .scope(TokenMembers.scope(json))
                .refreshToken(refreshToken(json, answer, facts))
                .refreshTokenExpiresIn(TokenMembers.refreshTokenLife(json))
                .idToken(json.words("id_token").orElse(null))
                .members(TokenMembers.others(json))
                .build();
    }

    private static JsonObject json(HttpAnswer answer, RequestFacts facts) throws InvalidResponseException {
        if (answer.isCompressed() || answer.isTruncated()) {
            throw InvalidResponses.unreadable(answer, facts);
        }
        try {
            return JsonObject.read(answer.body());
        } catch (JsonException e) {
            throw InvalidResponses.unreadable(answer, facts);
        }
    }

    private static String accessToken(JsonObject json, HttpAnswer answer, RequestFacts facts)
            throws InvalidResponseException {
        String value = json.text("access_token").orElse("");
        if (value.isBlank() || NOTHING.contains(value)) {
            throw InvalidResponses.of(
                    answer,
                    facts,
                    "without an access_token",
                    "Check that the token endpoint is the one the provider documents and that the grant is enabled; some"
                            + " servers answer so when a further step of a sign-in is due.");
        }
        if (!B64TOKEN.matcher(value).matches()) {
            throw unusable("access_token", answer, facts);
        }
        return value;
    }

    private static @Nullable RefreshToken refreshToken(JsonObject json, HttpAnswer answer, RequestFacts facts)
            throws InvalidResponseException {
        String value = json.text("refresh_token").orElse("");
        if (value.isBlank() || NOTHING.contains(value)) {
            return null;
        }
        if (!VSCHAR.matcher(value).matches()) {
            throw unusable("refresh_token", answer, facts);
        }
        return RefreshToken.of(value);
    }

    /** refused on receipt, without echo. */
    private static InvalidResponseException unusable(String member, HttpAnswer answer, RequestFacts facts) {
        return InvalidResponses.of(
                answer,
                facts,
                "with a character in " + member + " that no such token may have",
                "Tell the provider: a token with spaces, quotes, control or non-ASCII characters cannot be sent (RFC 6750,"
                        + " section 2.1). The token is not shown here.");
    }

    private static TokenType tokenType(JsonObject json, HttpAnswer answer, RequestFacts facts)
            throws InvalidResponseException {
        if (!json.has("token_type")
                || json.text("token_type").filter(String::isBlank).isPresent()) {
            return TokenType.BEARER;
        }
        TokenType type =
                TokenType.of(json.text("token_type").orElse("that is no text").strip());
        if (!type.equals(TokenType.BEARER)) {
            throw InvalidResponses.of(
                    answer,
                    facts,
                    "with the token_type " + facts.mask(type.name()) + ", which is not supported",
                    "Only Bearer tokens can be used: have the client registered for them at the provider.");
        }
        return type;
    }
}
