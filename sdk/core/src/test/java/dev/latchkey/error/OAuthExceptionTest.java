package dev.latchkey.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class OAuthExceptionTest {
    private static final ErrorDetails DETAILS = ErrorDetails.builder("Token request", "answered 400 invalid_grant")
            .where("auth.example.com/token")
            .remedy("Sign in again.")
            .retryable(true)
            .requestSent(false)
            .status(400)
            .retryAfter(Duration.ofSeconds(7))
            .requestId("r-1")
            .provider("example")
            .errorCode(ErrorCode.INVALID_GRANT)
            .description("gone")
            .errorUri("https://example.com/e")
            .bodyExcerpt("{}")
            .problem(ProblemDetails.of(Map.of("title", "t")))
            .challenges(List.of(Challenge.of("DPoP", Map.of()), Challenge.of("bearer", Map.of("realm", "x"))))
            .members(Map.of("k", "v"))
            .build();

    static Stream<Class<?>> leaves() {
        return leaves(OAuthException.class);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        Class<?>[] below = type.getPermittedSubclasses();
        return below == null ? Stream.of(type) : Arrays.stream(below).flatMap(OAuthExceptionTest::leaves);
    }

    private static OAuthException make(Class<?> type, ErrorDetails details) throws ReflectiveOperationException {
        return make(type, details, null);
    }

    private static OAuthException make(Class<?> type, ErrorDetails details, @Nullable Throwable cause)
            throws ReflectiveOperationException {
        if (type == ReauthorizationRequiredException.class) {
            return new ReauthorizationRequiredException(ReauthorizationReason.REFUSED, details, cause);
        }
        if (type == LoginException.class) {
            return new LoginException(LoginFailure.REFUSED, details, cause);
        }
        return (OAuthException)
                type.getConstructor(ErrorDetails.class, Throwable.class).newInstance(details, cause);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void leaf_anyType_isPublicFinalAndCarriesItsDetails(Class<?> type) throws ReflectiveOperationException {
        OAuthException e = make(type, DETAILS);

        assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(e)
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessage("Token request at auth.example.com/token: answered 400 invalid_grant (request id r-1)."
                        + " Sign in again.");
        assertThat(e.remedy()).isEqualTo("Sign in again.");
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e.requestId()).contains("r-1");
        assertThat(e.provider()).contains("example");
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void remedy_nothingSet_isNotEmpty(Class<?> type) throws ReflectiveOperationException {
        assertThat(make(type, ErrorDetails.builder("a", "b").build()).remedy()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void rethrown_anyType_isAFreshCopyWithTheCallersStack(Class<?> type) throws ReflectiveOperationException {
        OAuthException remembered = make(type, DETAILS);

        OAuthException copy = remembered.rethrown();

        assertThat(copy).isExactlyInstanceOf(type).isNotSameAs(remembered).hasCause(remembered);
        assertThat(copy.details()).isSameAs(DETAILS);
        assertThat(copy).hasMessage(remembered.getMessage());
        assertThat(copy.getStackTrace())
                .anySatisfy(frame -> assertThat(frame.getMethodName())
                        .isEqualTo("rethrown_anyType_isAFreshCopyWithTheCallersStack"));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void constructor_withCause_keepsIt(Class<?> type) throws ReflectiveOperationException {
        IOException cause = new IOException("cut");

        Object made = make(type, DETAILS, cause);

        assertThat((OAuthException) made).hasCause(cause);
    }

    @Test
    void serialisation_anyType_travelsAsPlainMessage() throws Exception {
        OAuthException e = new InvalidGrantException(DETAILS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat((Throwable) in.readObject())
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(e.getMessage());
        }
    }

    @Test
    void tokenRequestException_accessors_showTheDetails() {
        TokenRequestException e = new InvalidGrantException(DETAILS);

        assertThat(e.errorCode()).isEqualTo(ErrorCode.INVALID_GRANT);
        assertThat(e.description()).contains("gone");
        assertThat(e.errorUri()).contains("https://example.com/e");
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.members()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void errorCode_notSet_isServerError() {
        assertThat(new ServerErrorException(ErrorDetails.builder("a", "b").build()).errorCode())
                .isEqualTo(ErrorCode.SERVER_ERROR);
    }

    @Test
    void apiException_accessors_showTheDetails() {
        ApiException e = new ForbiddenException(DETAILS);

        assertThat(e.errorCode()).contains(ErrorCode.INVALID_GRANT);
        assertThat(e.description()).contains("gone");
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.problem().orElseThrow().title()).contains("t");
        assertThat(e.challenges()).hasSize(2);
        assertThat(e.challenge().orElseThrow().realm()).contains("x");
        assertThat(e.members()).isEqualTo(Map.of("k", "v"));
        assertThat(e.bodyExcerpt()).contains("{}");
    }

    @Test
    void otherTypes_accessors_showTheDetails() {
        assertThat(new InvalidResponseException(DETAILS).status()).isEqualTo(400);
        assertThat(new TransportException(DETAILS).requestSent()).isFalse();
    }
}
