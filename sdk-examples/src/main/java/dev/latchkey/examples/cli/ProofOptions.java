package dev.latchkey.examples.cli;

import static dev.latchkey.examples.cli.OptionCheck.checked;

import dev.latchkey.clientauth.ClientAuthentication;
import dev.latchkey.clientauth.ClientSecretBasic;
import dev.latchkey.clientauth.ClientSecretJwt;
import dev.latchkey.clientauth.ClientSecretPost;
import dev.latchkey.clientauth.JwsAlgorithm;
import dev.latchkey.clientauth.NoAuthentication;
import dev.latchkey.clientauth.PrivateKeyJwt;
import dev.latchkey.clientauth.SigningKey;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how the client proves itself. */
final class ProofOptions {
    @Option(
            names = "--auth-method",
            paramLabel = "METHOD",
            description =
                    "private_key_jwt (default with --key), client_secret_basic (default with --client-secret-env), client_secret_post, client_secret_jwt or none")
    @Nullable
    String method;

    @Option(names = "--key", paramLabel = "FILE", description = "private key: PEM, JWK, JWK set or PKCS#12")
    @Nullable
    String key;

    @Option(
            names = "--key-password-env",
            paramLabel = "NAME",
            description = "environment variable with the password of an encrypted key file")
    @Nullable
    String keyPasswordVariable;

    @Option(names = "--key-id", paramLabel = "KID", description = "the kid under which the server knows the public key")
    @Nullable
    String keyId;

    @Option(
            names = "--alg",
            paramLabel = "ALG",
            description =
                    "signature algorithm. Default: by the key (RSA: RS384, P-384: ES384); HS256 for client_secret_jwt")
    @Nullable
    String algorithm;

    @Option(
            names = "--client-secret-env",
            paramLabel = "NAME",
            description = "environment variable with the client secret")
    @Nullable
    String secretVariable;

    ClientAuthentication authentication(Console console) {
        String chosen = chosen();
        return switch (chosen) {
            case "private_key_jwt" -> {
                unused("--client-secret-env", secretVariable, chosen);
                yield PrivateKeyJwt.of(signingKey(console));
            }
            case "client_secret_jwt" -> {
                String secret = secret(console, chosen);
                yield checked("--alg", () -> ClientSecretJwt.of(secret, algorithm(JwsAlgorithm.HS256)));
            }
            case "client_secret_basic" -> {
                unused("--alg", algorithm, chosen);
                yield ClientSecretBasic.of(secret(console, chosen));
            }
            case "client_secret_post" -> {
                unused("--alg", algorithm, chosen);
                yield ClientSecretPost.of(secret(console, chosen));
            }
            case "none" -> {
                unused("--key", key, chosen);
                unused("--client-secret-env", secretVariable, chosen);
                yield NoAuthentication.create();
            }
            default ->
                throw new UsageException("--auth-method: unknown; use private_key_jwt, client_secret_jwt,"
                        + " client_secret_basic, client_secret_post or none.");
        };
    }

    private String chosen() {
        if (method != null) {
            return method;
        }
        if (key != null && secretVariable != null) {
            throw new UsageException(
                    "--key and --client-secret-env: a request carries one proof of the client; leave one"
                            + " out, or choose with --auth-method.");
        }
        if (key == null && secretVariable == null) {
            throw new UsageException("--auth-method: how does the client prove itself? Give --key FILE,"
                    + " --client-secret-env NAME, or --auth-method none for a public client.");
        }
        return key != null ? "private_key_jwt" : "client_secret_basic";
    }

    private SigningKey signingKey(Console console) {
        String file = key;
        if (file == null) {
            throw new UsageException("--key: private_key_jwt signs with a private key; give --key FILE.");
        }
        SigningKey read = checked("--key", () -> read(Path.of(file), console));
        String kid = keyId;
        SigningKey named = kid == null ? read : checked("--key-id", () -> read.withKeyId(kid));
        return algorithm == null ? named : checked("--alg", () -> named.withAlgorithm(algorithm(named.algorithm())));
    }

    private SigningKey read(Path file, Console console) {
        if (keyPasswordVariable == null) {
            return SigningKey.read(file);
        }
        char[] password =
                console.variable("--key-password-env", keyPasswordVariable).toCharArray();
        try {
            return SigningKey.read(file, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private String secret(Console console, String chosen) {
        unused("--key", key, chosen);
        if (secretVariable == null) {
            throw new UsageException("--client-secret-env: " + chosen + " needs a secret; put it into an environment"
                    + " variable and name that: --client-secret-env NAME.");
        }
        return console.variable("--client-secret-env", secretVariable);
    }

    private JwsAlgorithm algorithm(JwsAlgorithm otherwise) {
        return algorithm == null ? otherwise : JwsAlgorithm.of(algorithm);
    }

    private static void unused(String option, @Nullable String value, String chosen) {
        if (value != null) {
            throw new UsageException(
                    option + ": not used by " + chosen + "; leave it out, or choose another --auth-method.");
        }
    }
}
