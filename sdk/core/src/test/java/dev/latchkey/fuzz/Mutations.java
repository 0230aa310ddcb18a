package dev.latchkey.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes seeds at random, without a look at what they do: the poor man's fuzzer of each build. */
final class Mutations {
    private static final List<String> WORDS = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "\\u0000",
            "\\ud800",
            "\u202e",
            "\u2028",
            "\u001b[31m",
            "\r\n",
            "%",
            "%00",
            "+",
            "&",
            "=",
            ",",
            ";",
            "\u0000",
            "error",
            "scope");

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** One of the seeds, with one to four changes. */
    byte[] next(List<byte[]> seeds) {
        byte[] input = any(seeds);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            input = changed(input, any(seeds));
        }
        return input;
    }

    private byte[] any(List<byte[]> seeds) {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] input, byte[] other) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(16));
        return switch (random.nextInt(6)) {
            case 0 -> joined(input, at, WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8), end);
            case 1 -> joined(input, at, new byte[0], end);
            case 2 -> joined(input, at, repeated(input, at, end), at);
            case 3 -> joined(input, at, new byte[0], input.length);
            case 4 -> joined(input, at, other, input.length);
            default -> flipped(input, at);
        };
    }

    private byte[] repeated(byte[] input, int at, int end) {
        byte[] piece = Arrays.copyOfRange(input, at, end);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int times = 1 << random.nextInt(10); times > 0; times--) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private byte[] flipped(byte[] input, int at) {
        if (at < input.length) {
            input[at] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    private static byte[] joined(byte[] input, int until, byte[] piece, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, until);
        out.writeBytes(piece);
        out.write(input, from, input.length - from);
        return out.toByteArray();
    }
}
