package dev.latchkey.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The authorization endpoint over HTTP: redirects where a person was announced who would do as the page asks. */
final class AuthorizationSite implements Site {

    private final String path;
    private final ConsentPage page;
    private final DateHeader date;
    private final Queue<Person> announced = new ConcurrentLinkedQueue<>();

    AuthorizationSite(String path, ConsentPage page, DateHeader date) {
        this.path = path;
        this.page = page;
        this.date = date;
    }

    void announce(Person person) {
        announced.add(person);
    }

    @Override
    public @Nullable Visit arrive(RecordedRequest request) {
        return request.getUrl().encodedPath().equals(path) ? new PageVisit(request) : null;
    }

    private Reply answer(RecordedRequest request) {
        if (!request.getMethod().equals("GET")) {
            return Answer.htmlReply(405, "Only GET").with("Allow", "GET");
        }
        try {
            String callback = page.answer(AuthorizationRequest.of(request.getUrl()), this::nextPerson);
            return Reply.of(302, "", new byte[0]).with("Location", callback).with("Cache-Control", "no-store");
        } catch (WebPage shown) {
            return shown.reply();
        }
    }

    private Person nextPerson() {
        Person person = announced.poll();
        if (person == null) {
            throw WebPage.waiting("Sign in. (Nobody was announced: call nextPerson before the request)");
        }
        return person;
    }

    @Override
    public Reply finish(Reply reply) {
        return date.on(reply);
    }

    private final class PageVisit implements Visit {

        private final RecordedRequest request;

        PageVisit(RecordedRequest request) {
            this.request = request;
        }

        @Override
        public Reply process() {
            return answer(request);
        }

        @Override
        public void answered(Reply reply) {
            // The page counts those who ask it.
        }
    }
}
