package dev.hostseed.core.image;

import dev.hostseed.core.image.TarEntry.Kind;
import java.util.ArrayDeque;

/// Names in archives: never a way out of them.
final class TarNames {
    private TarNames() {}

    /// `name` as plain components, without the `./` that `tar -c .` puts before all and the `/` that ends a directory;
    /// the archive's own root is `.`.
    static String normal(String name, Kind kind) throws BadBundleException {
        var text = name.startsWith("./") ? name.substring(2) : name;
        if (kind == Kind.DIRECTORY) {
            text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            if (text.isEmpty() || text.equals(".")) {
                return ".";
            }
        }
        for (var component : text.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                throw refused(name);
            }
        }
        if (text.length() > 1000 || !text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
            throw refused(name);
        }
        return text;
    }

    /// The file that the link `name` stands for: `docker save` links a layer that it has already written.
    static String target(String name, String target) throws BadBundleException {
        if (target.startsWith("/")) {
            throw refused(target);
        }
        var at = new ArrayDeque<String>();
        for (var component : (name + "/../" + target).split("/", -1)) {
            if (component.equals("..")) {
                if (at.pollLast() == null) {
                    throw refused(target);
                }
            } else {
                at.add(component);
            }
        }
        return normal(String.join("/", at), Kind.FILE);
    }

    private static BadBundleException refused(String name) {
        var shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return new BadBundleException("the archive holds a file name that is not acceptable: '"
                + shown.replaceAll("[^\\x20-\\x7e]", "?") + "'");
    }
}
