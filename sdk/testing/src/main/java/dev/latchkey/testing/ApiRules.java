package dev.latchkey.testing;

/** How an API judges a request. */
interface ApiRules {

    /** Notes what no client may do; called for every request, whatever it is answered. */
    default void arrived(RecordedApiRequest request) {}

    Reply answer(RecordedApiRequest request);
}
