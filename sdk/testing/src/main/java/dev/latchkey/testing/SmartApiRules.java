package dev.latchkey.testing;

/** A FHIR server: a token first, whatever its scope. */
final class SmartApiRules implements ApiRules {

    private final SimulatorState state;
    private final String fhirPath;

    SmartApiRules(SimulatorState state, String fhirPath) {
        this.state = state;
        this.fhirPath = fhirPath;
    }

    @Override
    public Reply answer(RecordedApiRequest request) {
        if (BearerToken.active(request, state.accessTokens).isEmpty()) {
            return state.errors.reply("smart-401");
        }
        String path = request.path();
        return path.equals(fhirPath) || path.startsWith(fhirPath + "/") ? FakeApiRules.ok(request) : notFound();
    }

    /** The status for an unknown path is HTTP's; the issue is of FHIR's list of codes. */
    private static Reply notFound() {
        return Reply.of(
                404,
                "application/fhir+json",
                Json.bytes(Json.object()
                        .put("resourceType", "OperationOutcome")
                        .set(
                                "issue",
                                Json.object()
                                        .arrayNode()
                                        .add(Json.object()
                                                .put("severity", "error")
                                                .put("code", "not-found")))));
    }
}
