package dev.hostseed.core.problem;

/// How far the word reaches that starts somewhere in a line: a guess for the places where no parser told.
final class Extent {
    private Extent() {}

    /// Where the word that starts at `start` ends: at its quote or brace, or before a blank, a comma, a bracket or a
    /// colon.
    static int end(int[] points, int start) {
        if (start < points.length && (points[start] == '"' || points[start] == '\'')) {
            for (var i = start + 1; i < points.length; i++) {
                if (points[i] == points[start]) {
                    return i + 1;
                }
            }
        }
        var end = variable(points, start);
        if (end > start) {
            return end;
        }
        while (end < points.length && !ends(points, end)) {
            end++;
        }
        return end;
    }

    /// After the variable that a `$` at `start` starts; `start` itself if there is none.
    private static int variable(int[] points, int start) {
        if (start + 1 >= points.length || points[start] != '$') {
            return start;
        }
        return points[start + 1] == '{' ? brace(points, start) : name(points, start);
    }

    private static int name(int[] points, int start) {
        var end = start + 1;
        while (end < points.length && (Character.isLetterOrDigit(points[end]) || points[end] == '_')) {
            end++;
        }
        return end > start + 1 ? end : start;
    }

    private static int brace(int[] points, int start) {
        var open = 0;
        for (var i = start + 1; i < points.length; i++) {
            open += points[i] == '{' ? 1 : points[i] == '}' ? -1 : 0;
            if (open == 0) {
                return i + 1;
            }
        }
        return start;
    }

    private static boolean ends(int[] points, int i) {
        var last = i + 1 == points.length || points[i + 1] == ' ';
        return points[i] <= ' ' || ",]}".indexOf(points[i]) >= 0 || (points[i] == ':' && last);
    }
}
