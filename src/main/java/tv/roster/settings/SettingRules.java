package tv.roster.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import tv.roster.access.allowlist.CidrBlock;
import tv.roster.platform.problems.InvalidValue;

/// Rules that several settings share. Each throws an `IllegalArgumentException`, whose message follows the name of
/// the variable.
final class SettingRules {
    private SettingRules() {}

    static Function<String, Integer> number(int least, int most) {
        return value -> {
            boolean fits =
                    value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
            require(fits, "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"");
            return Integer.parseInt(value);
        };
    }

    static String host(String value) {
        String host = value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
        require(host.matches("[A-Za-z0-9._:%-]{1,253}"), "must be an address or a host name, not \"" + value + "\"");
        return host;
    }

    /// CIDR blocks separated by commas; none for an empty value.
    static List<CidrBlock> networks(String value) {
        try {
            return Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(block -> !block.isEmpty())
                    .map(CidrBlock::parse)
                    .toList();
        } catch (InvalidValue refused) {
            throw new IllegalArgumentException("must be CIDR blocks separated by commas: " + refused.detail(), refused);
        }
    }

    static Path folder(String value) {
        return path(value, "must be the path of a folder");
    }

    static Path file(String value) {
        return path(value, "must be the path of a file");
    }

    static Path path(String value, String otherwise) {
        try {
            return Path.of(value);
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException(otherwise, refused);
        }
    }

    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> choices) {
        return value -> Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + Arrays.stream(choices.getEnumConstants())
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", not \"" + value + "\""));
    }

    private enum Switch {
        ON,
        OFF
    }

    static boolean isOn(String value) {
        return oneOf(Switch.class).apply(value) == Switch.ON;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
