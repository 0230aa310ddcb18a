package dev.latchkey.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one Keycloak with the first test class and ends it after the last. */
final class KeycloakExtension implements BeforeAllCallback, AfterTestExecutionCallback, ParameterResolver {
    /** Here, so that the wait for it is no part of any test's time-out. */
    @Override
    public void beforeAll(ExtensionContext context) {
        keycloak(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        keycloak(context).figures().testRan();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Keycloak.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return keycloak(context);
    }

    /** The store of the root closes what is in it when all tests have run. */
    private static Keycloak keycloak(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Keycloak.class, ignored -> start(), Keycloak.class);
    }

    private static Keycloak start() {
        try {
            return Keycloak.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
