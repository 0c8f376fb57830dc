package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Position;

/// A fault after which it is useless to read on. Thrown and caught within one reading.
final class UselessYamlException extends RuntimeException {
    private final transient Position at;
    private final String what;
    private final String remedy;

    UselessYamlException(Position at, String what, String remedy) {
        super(what, null, false, false);
        this.at = at;
        this.what = what;
        this.remedy = remedy;
    }

    Position at() {
        return at;
    }

    String what() {
        return what;
    }

    String remedy() {
        return remedy;
    }
}
