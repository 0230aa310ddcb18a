package dev.latchkey.testing;

import java.util.List;

/** How an authorization server judges token requests. */
interface TokenRules {

    /** What no client may do in any state of the world, the gravest first; noted whatever the answer is. */
    List<Refusal> faults(TokenRequest request);

    /** The answer to the request, which has these faults; thrown where it is a refusal. */
    Reply answer(TokenRequest request, List<Refusal> faults);
}
