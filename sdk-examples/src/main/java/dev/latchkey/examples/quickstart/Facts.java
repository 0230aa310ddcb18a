package dev.latchkey.examples.quickstart;

import dev.latchkey.clientauth.SigningKey;
import dev.latchkey.error.ApiException;
import dev.latchkey.error.ErrorDetails;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.TokenRequestException;
import dev.latchkey.event.TokenIssued;
import dev.latchkey.event.TokenRequestSent;
import dev.latchkey.token.AccessToken;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/** Prints what keys, events, tokens and exceptions say of themselves. */
final class Facts {
    private static final Set<String> TIMES = Set.of("iat", "exp", "nbf");

    private final Page page;

    Facts(Page page) {
        this.page = page;
    }

    void key(SigningKey key) {
        page.section("The signing key");
        page.row("kid", key.keyId().orElse("none"));
        page.row("alg", key.algorithm().registeredName());
        key.publicKey().ifPresent(publicKey -> {
            if (publicKey instanceof RSAKey rsa) {
                page.row("kind", "RSA, " + rsa.getModulus().bitLength() + " bits");
            } else if (publicKey instanceof ECKey ec) {
                page.row("kind", "EC, " + ec.getParams().getOrder().bitLength() + " bits");
            }
        });
    }

    void assertion(TokenRequestSent sent) {
        page.section("The client assertion, signed for this one request");
        map("header", sent.assertionHeader());
        map("claims", sent.assertionClaims());
    }

    private void map(String title, Map<String, Object> members) {
        String label = title;
        for (Map.Entry<String, Object> member : members.entrySet()) {
            page.row(
                    label + " ".repeat(8 - label.length()) + member.getKey(),
                    readable(member.getKey(), member.getValue()));
            label = "";
        }
    }

    private static Object readable(String name, Object value) {
        return TIMES.contains(name) && value instanceof Number seconds
                ? value + "  (" + Instant.ofEpochSecond(seconds.longValue()) + ")"
                : value;
    }

    void tokenRequest(TokenRequestSent sent) {
        page.section("The token request");
        page.row("POST", sent.key().tokenEndpoint());
        page.row("client authentication", sent.clientAuthenticationMethod());
        sent.parameters().forEach(page::row);
    }

    void token(AccessToken token, TokenIssued issued) {
        page.section("The access token");
        page.row("access_token", "*****  (" + token.value().length() + " characters)");
        page.row("token_type", token.type());
        page.row("scope", issued.scope().isEmpty() ? "none named" : issued.scope());
        page.row(
                "life",
                issued.life().toSeconds() + " s, until " + token.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    }

    void error(OAuthException error) {
        if (error instanceof TokenRequestException refused) {
            page.row("code, status", refused.errorCode() + ", " + refused.status());
        }
        if (error instanceof ApiException refused) {
            page.row("status", refused.status());
            refused.problem().flatMap(problem -> problem.title()).ifPresent(title -> page.row("title", title));
        }
        page.row("message", message(error.details()));
        page.row("remedy", error.remedy());
        page.row("try again later?", error.isRetryable() ? "yes" : "no");
    }

    /** The message without its end, the remedy, which has a row of its own. */
    private static String message(ErrorDetails details) {
        return details.attempt() + details.where().map(where -> " at " + where).orElse("") + ": " + details.outcome();
    }
}
