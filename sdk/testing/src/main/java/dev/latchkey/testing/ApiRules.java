package dev.latchkey.testing;

/** How an API judges a request. */
interface ApiRules {

    Reply answer(RecordedApiRequest request);
}
