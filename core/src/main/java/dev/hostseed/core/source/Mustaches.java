package dev.hostseed.core.source;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.reflect.ReflectionObjectHandler;
import com.github.mustachejava.util.Wrapper;
import dev.hostseed.core.yaml.Node;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fills templates of Mustache: nothing is escaped, a missing value is an error, and neither files nor Java objects are
/// within reach.
final class Mustaches {
    private static final int MAXIMUM_LENGTH = 4 << 20;

    private Mustaches() {}

    /// @throws IllegalArgumentException if the template is wrong or lacks a value
    static String fill(String template, Node.Mapping values) {
        try {
            var out = new Bounded();
            new Factory().compile(new StringReader(template), "template").execute(out, plain(values));
            return out.toString();
        } catch (MustacheException wrong) {
            Throwable cause = wrong;
            while (cause.getCause() instanceof MustacheException deeper) {
                cause = deeper;
            }
            throw new IllegalArgumentException("the template cannot be filled: " + cause.getMessage(), wrong);
        } catch (StackOverflowError nested) {
            throw new IllegalArgumentException("the template is nested too deep", nested);
        }
    }

    private static Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar when scalar.plain() && scalar.text().equals("true") -> true;
            case Node.Scalar scalar when scalar.plain() && scalar.text().equals("false") -> false;
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list ->
                list.items().stream().map(Mustaches::plain).toList();
            case Node.Mapping mapping -> {
                var map = new LinkedHashMap<String, Object>();
                mapping.entries().forEach(e -> map.put(e.key().text(), plain(e.value())));
                yield map;
            }
        };
    }

    private static final class Factory extends DefaultMustacheFactory {
        Factory() {
            setObjectHandler(new OnlyData());
        }

        @Override
        public void encode(String value, Writer writer) {
            try {
                writer.write(value);
            } catch (java.io.IOException failed) {
                throw new MustacheException(failed);
            }
        }

        @Override
        public Reader getReader(String resource) {
            throw new MustacheException("partials such as '" + resource + "' are not supported");
        }
    }

    /// Looks names up in mappings, from the innermost out.
    private static final class OnlyData extends ReflectionObjectHandler {
        @Override
        public Wrapper find(String name, List<Object> scopes) {
            return now -> look(name, now);
        }

        private static Object look(String name, List<Object> scopes) {
            if (name.equals(".") && !scopes.isEmpty()) {
                return scopes.getLast();
            }
            var words = name.split("\\.");
            for (var scope : scopes.reversed()) {
                if (scope instanceof Map<?, ?> map && words.length > 0 && map.containsKey(words[0])) {
                    Object value = map;
                    for (var word : words) {
                        value = value instanceof Map<?, ?> inner ? inner.get(word) : null;
                    }
                    if (value != null) {
                        return value;
                    }
                }
            }
            throw new MustacheException("no value for '" + name + "'");
        }
    }

    private static final class Bounded extends StringWriter {
        @Override
        public void write(String text) {
            bound(text.length());
            super.write(text);
        }

        @Override
        public void write(char[] text, int from, int length) {
            bound(length);
            super.write(text, from, length);
        }

        private void bound(int more) {
            if (getBuffer().length() + more > MAXIMUM_LENGTH) {
                throw new MustacheException("it grows beyond 4 MiB");
            }
        }
    }
}
