package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;

/// A fault after which it is useless to read on. Thrown and caught within one reading.
final class UselessYamlException extends RuntimeException {
    private final Code code;
    private final transient Position at;
    private final String what;
    private final String remedy;

    UselessYamlException(Code code, Position at, String what, String remedy) {
        super(what, null, false, false);
        this.code = code;
        this.at = at;
        this.what = what;
        this.remedy = remedy;
    }

    Code code() {
        return code;
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
