package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** every spelling of the header. */
@Timeout(10)
class RetryAfterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0|PT0S",
                "1|PT1S",
                " 120 |PT2M",
                "007|PT7S",
                "1.5|PT1.5S",
                "2.|PT2S",
                "86400|PT24H",
                "86401|PT24H",
                "99999999999999999999999999|PT24H",
                "Fri, 20 Nov 2026 10:00:30 GMT|PT30S",
                "Fri, 20 Nov 2026 09:59:00 GMT|PT0S",
                "Friday, 20-Nov-26 10:01:00 GMT|PT1M",
                "Fri Nov 20 10:02:00 2026|PT2M",
                "Fri, 20 Nov 2099 10:00:00 GMT|PT24H"
            })
    void read_anySpelling_isBounded(String value, Duration wait) {
        assertThat(RetryAfter.read(value, Answers.NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-99999",
                "",
                " ",
                "soon",
                "1e9",
                "0x10",
                "NaN",
                "+5",
                "1,5",
                "10 seconds",
                "2026-11-20T10:00:30Z",
                "Fri, 20 Nov 2026",
                "\u0661\u0662",
                "\u0000"
            })
    void read_noSuchValue_isNoAdvice(String value) {
        assertThat(RetryAfter.read(value, Answers.NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000, 1_000_000})
    void read_manyDigits_isCapped(int digits) {
        assertThat(RetryAfter.read("9".repeat(digits), Answers.NOW)).contains(RetryAfter.LONGEST);
    }
}
