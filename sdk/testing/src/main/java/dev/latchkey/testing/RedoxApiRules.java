package dev.latchkey.testing;

import java.util.List;

/** Redox's API: the token first, then what is documented of the request. */
final class RedoxApiRules implements ApiRules {

    private static final List<String> ROOTS = List.of("/endpoint", "/fhir", "/platform");
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    private final SimulatorState state;

    RedoxApiRules(SimulatorState state) {
        this.state = state;
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        if (BearerToken.active(request, state.accessTokens).isEmpty()) {
            return state.errors.reply("redox-api-401");
        }
        if (ROOTS.stream().noneMatch(root -> isBelow(request.path(), root))) {
            return state.errors.reply("redox-api-404");
        }
        if (request.bodySize() > LARGEST_BODY) {
            return state.errors.reply("redox-api-413");
        }
        return FakeApiRules.ok(request);
    }

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
