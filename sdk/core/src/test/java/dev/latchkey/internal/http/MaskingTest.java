package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V-35: an echo of our credentials is masked. */
@Timeout(10)
class MaskingTest {
    private static final Masking MASKING =
            Masking.of(List.of("s3cr3t/with+slash=", "s3cr3t/with+slash=and-more", "abc", "tiny4"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain s3cr3t/with+slash= end|plain ***** end",
                "twice s3cr3t/with+slash=, s3cr3t/with+slash=|twice *****, *****",
                "the longer s3cr3t/with+slash=and-more end|the longer ***** end",
                "escaped s3cr3t\\/with+slash= end|escaped ***** end",
                "encoded s3cr3t%2Fwith%2Bslash%3D end|encoded ***** end",
                "only the start s3cr3t/with+s... end|only the start *****... end",
                "cut s3cr3t/with+|cut *****",
                "tiny4 is one|***** is one",
                "abc is too short to be told from a word|abc is too short to be told from a word",
                "jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln end|jwt ***** end",
                "Authorization: Bearer abcdefghijklmnop1234 end|Authorization: Bearer ***** end",
                "basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== end|basic ***** end",
                "Bearer token missing|Bearer token missing",
                "{\"access_token\":\"at_1\",\"x\":1}|{\"access_token\":\"*****\",\"x\":1}",
                "{\\\"refresh_token\\\" : \\\"rt_1\\\"}|{\\\"refresh_token\\\" : \\\"*****\\\"}",
                "token_type=Bearer&access_token=12345678&x|token_type=Bearer&access_token=*****&x",
                "https://app/cb?code=12345678&state=s|https://app/cb?code=*****&state=s",
                "error code=12345678, token: expired|error code=12345678, token: expired",
                "\"token_type\":\"bearer\", \"code\":\"invalid_token\"|\"token_type\":\"bearer\", \"code\":\"invalid_token\""
            })
    void apply_echoedSecret_isMasked(String text, String masked) {
        assertThat(MASKING.apply(text)).isEqualTo(masked);
    }

    @Test
    void apply_hugeText_isCutAndQuick() {
        assertThat(MASKING.apply("s3cr3t/with+".repeat(200_000))).hasSizeLessThanOrEqualTo(4096);
        assertThat(MASKING.apply("eyJ" + "a.".repeat(1_000_000))).hasSizeLessThanOrEqualTo(4096);
    }
}
