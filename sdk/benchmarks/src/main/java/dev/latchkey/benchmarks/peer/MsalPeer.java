package dev.latchkey.benchmarks.peer;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;

/** MSAL4J knows one vendor's servers only, so its HTTP client leads to the endpoint whatever it asks for. */
final class MsalPeer implements Peer {
    private final ConfidentialClientApplication application;
    private final ClientCredentialParameters parameters =
            ClientCredentialParameters.builder(Set.of("scope")).build();

    MsalPeer(URI endpoint) throws MalformedURLException {
        application = ConfidentialClientApplication.builder(
                        "client", ClientCredentialFactory.createFromSecret("secret"))
                .authority("https://login.microsoftonline.com/tenant/")
                .instanceDiscovery(false)
                .httpClient(leadingTo(endpoint))
                .build();
    }

    private static IHttpClient leadingTo(URI endpoint) {
        HttpClient http = HttpClient.newHttpClient();
        return asked -> {
            HttpRequest request = HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(asked.body()))
                    .build();
            return answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
        };
    }

    private static IHttpResponse answer(HttpResponse<String> response) {
        var answer = new com.microsoft.aad.msal4j.HttpResponse()
                .statusCode(response.statusCode())
                .body(response.body());
        answer.addHeaders(response.headers().map());
        return answer;
    }

    @Override
    public IAuthenticationResult token() {
        return application.acquireToken(parameters).join();
    }

    @Override
    public String authorization() {
        return "Bearer " + token().accessToken();
    }
}
