package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.notation.ByteSizes;
import dev.hostseed.core.notation.Digits;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What the Engine takes as the value of a setting; it is checked as far as that can be done without an Engine.
final class EngineValues {
    static final EngineValue FLAG = (node, scope) -> Fields.flag(node, scope).map(Data.Truth::new);

    static final EngineValue TEXT = (node, scope) -> Fields.text(node, scope).map(Data.Text::new);

    /// A list of texts; numbers and truths are texts too.
    static final EngineValue TEXTS = (node, scope) -> Optional.of(Data.texts(Fields.textOrTexts(node, scope)));

    static final EngineValue PAIRS = (node, scope) -> Optional.of(Data.texts(Fields.options(node, scope)));

    static final EngineValue BYTES =
            made("write one such as 512m or 1g", text -> new Data.Whole(ByteSizes.parse(text)));

    static final EngineValue BYTES_OR_UNLIMITED = made(
            "write one such as 512m or 1g, or -1 for no limit",
            text -> new Data.Whole(text.equals("-1") ? -1 : ByteSizes.parse(text)));

    static final EngineValue MICROSECONDS = made(
            "write microseconds, or a duration such as 50ms",
            text -> new Data.Whole(
                    Digits.number(text) >= 0
                            ? Digits.number(text)
                            : Durations.parse(text).toNanos() / 1000));

    /// A number of processors, for the Engine in billionths of one.
    static final EngineValue PROCESSORS = made("write a number such as 0.5 or 2", text -> {
        var number = text.matches("[0-9]{0,6}(\\.[0-9]{1,9})?|[0-9]{1,6}") && !text.isEmpty()
                ? new BigDecimal(text)
                : BigDecimal.ZERO;
        if (number.signum() == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a number of processors");
        }
        return new Data.Whole(number.movePointRight(9).longValue());
    });

    static final EngineValue PROCESSOR_SET = made("write a list such as 0-3 or 0,2", text -> {
        if (!text.matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")) {
            throw new IllegalArgumentException("'" + text + "' is not a set of processors");
        }
        return new Data.Text(text);
    });

    /// Rule: capabilities(7), up to Linux 5.9.
    private static final Set<String> CAPABILITIES = Set.of("""
            ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE \
            DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD \
            NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN \
            SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME \
            SYS_TTY_CONFIG WAKE_ALARM""".split(" "));

    static final EngineValue CAPABILITY_NAMES = each(
            text -> {
                var upper = text.toUpperCase(Locale.ROOT);
                var name = upper.startsWith("CAP_") ? upper.substring(4) : upper;
                if (!CAPABILITIES.contains(name)) {
                    throw new IllegalArgumentException("'" + text + "' is not a capability");
                }
                return new Data.Text(name.equals("ALL") ? name : "CAP_" + name);
            },
            "write one of capabilities(7), such as NET_ADMIN");

    static final EngineValue ADDRESSES = each(
            text -> {
                if (!Addresses.isAddress(text)) {
                    throw new IllegalArgumentException("'" + text + "' is not an IP address");
                }
                return new Data.Text(text);
            },
            "write an address: no name can be looked up before there is a server");

    /// Rule: signal(7); with or without `SIG`, or its number.
    private static final Pattern SIGNAL =
            Pattern.compile("(SIG)?(ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|"
                    + "QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|"
                    + "RTMIN(\\+[1-9]|\\+1[0-5])?|RTMAX(-[1-9]|-1[0-4])?)|[1-9]|[1-5][0-9]|6[0-4]");

    static final EngineValue SIGNAL_NAME = made("write one of signal(7), such as SIGTERM", text -> {
        if (!SIGNAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a signal");
        }
        return new Data.Text(text);
    });

    /// Rule: the Engine's `HostConfig.Sysctls`: what a container has of its own.
    private static final Pattern NAMESPACED =
            Pattern.compile("kernel\\.(msg(max|mnb|mni)|sem|shm(all|max|mni|_rmid_forced))|fs\\.mqueue\\..+|net\\..+");

    static final EngineValue SYSCTLS = (node, scope) -> {
        Fields.pairs(node, scope).forEach((name, value) -> {
            if (!NAMESPACED.matcher(name).matches()) {
                scope.report()
                        .error(
                                value.at(),
                                "'" + name + "' is the host's, not the container's",
                                "the Engine refuses it",
                                "write it to /etc/sysctl.d with 'x-host.files'");
            }
        });
        return PAIRS.read(node, scope);
    };

    /// A hostname or a domain, as the Engine takes it.
    static final EngineValue DOMAIN = made("use letters, digits, '.', '_' and '-', at most 63", text -> {
        if (!text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException("'" + text + "' is not the name of a host or a domain");
        }
        return new Data.Text(text);
    });

    static final EngineValue DEVICE_RULES = each(
            text -> {
                if (!text.matches("[abc] ([0-9]+|\\*):([0-9]+|\\*) [rwm]{1,3}")) {
                    throw new IllegalArgumentException("'" + text + "' is not a rule for devices");
                }
                return new Data.Text(text);
            },
            "write a type, major:minor and permissions, such as \"c 1:3 rwm\"");

    /// A path below something, which it cannot leave.
    static final EngineValue RELATIVE_PATH = made("write a relative path without ..", text -> {
        if (text.isEmpty()
                || text.startsWith("/")
                || Arrays.asList(text.split("/")).contains("..")) {
            throw new IllegalArgumentException("'" + text + "' is not a path below");
        }
        return new Data.Text(text);
    });

    /// The name of a slice, as runc takes it. Rule: systemd.slice(5).
    static final EngineValue SLICE = made("write the name of a slice, such as machine-shop.slice", text -> {
        if (!text.matches("[a-zA-Z0-9:_.\\\\]+(-[a-zA-Z0-9:_.\\\\]+)*\\.slice")) {
            throw new IllegalArgumentException("'" + text + "' is not a slice");
        }
        return new Data.Text(text);
    });

    static final EngineValue ISOLATION = made("remove it", text -> {
        if (!text.equals("default")) {
            throw new IllegalArgumentException("the isolation '" + text + "' is for Windows containers");
        }
        return new Data.Text(text);
    });

    /// `path[:options]`.
    static final EngineValue TMPFS = (node, scope) -> {
        var mounts = new TreeMap<String, String>();
        Fields.textOrTexts(node, scope).forEach(text -> {
            var colon = text.indexOf(':');
            var path = colon < 0 ? text : text.substring(0, colon);
            Fields.made(path, node.at(), scope, "write an absolute path", Fields::target)
                    .ifPresent(target -> mounts.put(target.value(), colon < 0 ? "" : text.substring(colon + 1)));
        });
        return Optional.of(Data.texts(mounts));
    };

    /// A whole number.
    static EngineValue whole(int least, int most) {
        return (node, scope) -> Fields.text(node, scope).flatMap(text -> {
            var negative = text.startsWith("-");
            var number = Digits.number(negative ? text.substring(1) : text);
            var value = negative ? -number : number;
            if (number < 0 || value < least || value > most) {
                var what = "'" + text + "' is not a whole number from " + least + " to " + most;
                scope.report().as(Code.U16).error(node.at(), what, "write one of these, in plain decimal digits");
                return Optional.empty();
            }
            return Optional.of(new Data.Whole(value));
        });
    }

    static EngineValue oneOf(String... texts) {
        var remedy = "write " + String.join(" or ", texts);
        return made(remedy, text -> {
            if (!Arrays.asList(texts).contains(text)) {
                throw new IllegalArgumentException("'" + text + "' has no meaning here");
            }
            return new Data.Text(text);
        });
    }

    private EngineValues() {}

    private static EngineValue made(String remedy, Function<String, Data> make) {
        return (node, scope) -> Fields.made(node, scope, remedy, make);
    }

    /// A list, or the one text in it.
    private static EngineValue each(Function<String, Data> make, String remedy) {
        return (node, scope) -> {
            var items = node instanceof Node.Sequence list ? list.items() : List.of(node);
            var values = new ArrayList<Data>();
            items.forEach(item -> Fields.made(item, scope, remedy, make).ifPresent(values::add));
            return Optional.of(new Data.Sequence(values));
        };
    }
}
