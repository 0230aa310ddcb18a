package dev.latchkey.internal.jose;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file (RFC 7468), decoded. Text around the blocks is ignored. */
final class PemBlock {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
    private static final Pattern HEADERS = Pattern.compile("\\A\\s*(?:[A-Za-z0-9-]+:[^\\n]*\\n)+\\s*");

    private final String label;
    private final boolean legacyEncrypted;
    private final byte[] content;

    private PemBlock(String label, boolean legacyEncrypted, byte[] content) {
        this.label = label;
        this.legacyEncrypted = legacyEncrypted;
        this.content = content;
    }

    /** The complete blocks of a text, up to the first that lacks its end. */
    static List<PemBlock> in(String text, KeySource source) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            String label = begin.group(1);
            int end = text.indexOf("-----END " + label + "-----", begin.end());
            if (end < 0) {
                return blocks;
            }
            blocks.add(of(label, text.substring(begin.end(), end), source));
            from = end;
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
        // Environment variables often hold the two characters \n where the file had a line break.
        String lines = body.replace("\\r", "").replace("\\n", "\n");
        String base64 = HEADERS.matcher(lines).replaceFirst("").replaceAll("\\s", "");
        try {
            return new PemBlock(label, legacyEncrypted, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw source.refuse("the PEM block \"" + label + "\" is damaged: its content is not Base64. Copy the file"
                    + " again, with all its lines.");
        }
    }
}
