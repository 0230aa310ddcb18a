package dev.latchkey.examples;

import dev.latchkey.error.ApiException;
import dev.latchkey.error.InvalidClientException;
import dev.latchkey.error.NotFoundException;
import dev.latchkey.error.OAuthException;
import dev.latchkey.error.RateLimitedException;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What can go wrong, and what a program does about it: a type for each reaction, the rest by accessors. */
public final class ErrorHandling {
    private ErrorHandling() {}

    /**
     * Makes a call and says what became of it.
     *
     * @param api a client with the interceptor
     * @param url what to get
     * @return what a program would do next
     * @throws IOException if the API could not be reached
     */
    public static String run(OkHttpClient api, String url) throws IOException {
        // begin: errors
        try (Response response =
                api.newCall(new Request.Builder().url(url).build()).execute()) {
            return "use " + response.body().string();
        } catch (InvalidClientException e) { // the authorization server refused our key, secret or assertion
            return "tell operations: " + e.errorCode() + ", " + e.remedy();
        } catch (NotFoundException e) { // an answer like any other
            return "go on without it";
        } catch (RateLimitedException e) {
            return "come back in "
                    + e.retryAfter().orElse(Duration.ofMinutes(1)).toSeconds() + " s";
        } catch (ApiException e) { // any other error status of the API
            return "log " + e.status() + " " + e.description().orElse("") + " "
                    + e.requestId().orElse("");
        } catch (OAuthException e) { // no token, for another reason
            return e.isRetryable() ? "try again later" : "tell operations: " + e.remedy();
        }
        // end: errors
    }
}
