package dev.hostseed.core.scan;

import java.util.ArrayList;
import java.util.List;

/// All that is looked for.
public final class SecretRules {
    /// Counts up whenever a rule finds more, or other things: what was found by an older version does not count then.
    public static final int VERSION = 1;

    private SecretRules() {}

    /// Rules for the content of files.
    public static List<SecretRule> content() {
        var rules = new ArrayList<SecretRule>();
        ContentRules.SETTINGS.forEach(finder -> rules.addAll(finder.rules()));
        rules.addAll(KeyContainers.ALL);
        return rules.stream().distinct().toList();
    }

    /// Rules for files by their path.
    public static List<SecretRule> paths() {
        return PathRules.ALL.stream().map(PathRules.PathRule::rule).toList();
    }

    /// Rules for the config of an image, and what is told of a layer itself.
    public static List<SecretRule> others() {
        return List.of(ConfigScanner.VARIABLE, LayerScanner.UNREAD, LayerScanner.MORE);
    }
}
