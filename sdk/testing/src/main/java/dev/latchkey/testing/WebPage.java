package dev.latchkey.testing;

/** What an authorization server shows to a person in place of a redirect: no callback comes. */
final class WebPage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private WebPage(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** The request is so wrong that nobody knows where to redirect to, or may (RFC 6749, section 4.1.2.1). */
    static WebPage refusing(String sentence) {
        return new WebPage(400, sentence);
    }

    /** The page waits for a person. */
    static WebPage waiting(String sentence) {
        return new WebPage(200, sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /** For a test that played the person. */
    AssertionError failure() {
        return new AssertionError("A real server would show a page here and redirect nobody: " + sentence());
    }

    Reply reply() {
        String text = sentence().replace("&", "&amp;").replace("<", "&lt;");
        return Answer.htmlReply(status, "<html><body><p>" + text + "</p></body></html>");
    }
}
