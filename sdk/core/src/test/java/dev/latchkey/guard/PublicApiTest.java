package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards the public surface: it changes only together with {@code api/latchkey.api}, where a reviewer sees it. */
@Timeout(30)
class PublicApiTest {
    private static final Path FILE = Places.CORE.resolve("api/latchkey.api");
    private static final String UPDATE =
            "mvn -q -pl sdk/core -am test -Dtest=PublicApiTest -Dlatchkey.api.update=true -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void publicSurface_comparedWithItsFile_isTheSame() throws IOException {
        List<String> present = new ApiListing(Places.MAIN_CLASSES).lines();
        if (Boolean.getBoolean("latchkey.api.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, String.join("\n", present) + "\n");
        }

        List<String> recorded = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();

        assertThat(present.equals(recorded))
                .as(
                        "The public surface is that of api/latchkey.api (- recorded, + present):%n%s%nIf it is meant to differ, run%n"
                                + "  %s%nand say in the change why.",
                        difference(recorded, present), UPDATE)
                .isTrue();
    }

    @Test
    void listing_aKnownMember_isThere() {
        assertThat(new ApiListing(Places.MAIN_CLASSES).lines())
                .contains("    public static dev.latchkey.TokenManager$Builder builder(String)")
                .contains("    public dev.latchkey.token.AccessToken token() throws dev.latchkey.error.OAuthException");
    }

    /** Lines are marked by the type they stand under, since a member's line alone may occur many times. */
    private static String difference(List<String> recorded, List<String> present) {
        List<String> gone = new ArrayList<>(qualified(recorded));
        List<String> come = new ArrayList<>(qualified(present));
        gone.removeAll(qualified(present));
        come.removeAll(qualified(recorded));
        var text = new StringBuilder();
        gone.forEach(line -> text.append("- ").append(line).append('\n'));
        come.forEach(line -> text.append("+ ").append(line).append('\n'));
        return text.toString();
    }

    private static List<String> qualified(List<String> lines) {
        var qualified = new ArrayList<String>();
        String type = "";
        for (String line : lines) {
            boolean member = line.startsWith("    ");
            qualified.add(member ? type + ": " + line.strip() : line.strip());
            type = member
                    ? type
                    : line.strip().replaceAll("( extends | implements ).*", "").replaceAll(".* ", "");
        }
        return qualified;
    }
}
