package dev.latchkey.internal.jose;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file (RFC 7468), decoded. Text around the blocks is ignored. */
final class PemBlock {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 #]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADERS = Pattern.compile("\\A\\s*(?:[A-Za-z0-9-]+:[^\\n]*\\n)+\\s*");

    private final String label;
    private final boolean legacyEncrypted;
    private final byte[] content;

    private PemBlock(String label, boolean legacyEncrypted, byte[] content) {
        this.label = label;
        this.legacyEncrypted = legacyEncrypted;
        this.content = content;
    }

    static List<PemBlock> in(String text, KeySource source) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(of(matcher.group(1), matcher.group(2), source));
        }
        return blocks;
    }

    String label() {
        return label;
    }

    /** Whether it is encrypted in the way of OpenSSL before PKCS#8. */
    boolean isLegacyEncrypted() {
        return legacyEncrypted;
    }

    byte[] content() {
        return content;
    }

    private static PemBlock of(String label, String body, KeySource source) {
        boolean legacyEncrypted = body.contains("Proc-Type: 4,ENCRYPTED");
        String base64 = HEADERS.matcher(body).replaceFirst("").replaceAll("\\s", "");
        try {
            return new PemBlock(label, legacyEncrypted, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw source.refuse("the PEM block \"" + label + "\" is damaged: its content is not Base64. Copy the file"
                    + " again, with all its lines.");
        }
    }
}
