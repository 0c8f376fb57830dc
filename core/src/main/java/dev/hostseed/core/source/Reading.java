package dev.hostseed.core.source;

import dev.hostseed.core.host.Host;
import dev.hostseed.core.problem.Problem;
import java.util.List;

/// What came of reading a Compose file: a host, or every reason why there is none.
public sealed interface Reading {

    /// @param problems warnings and remarks, by position
    record Accepted(Host host, List<Problem> problems) implements Reading {
        public Accepted {
            problems = List.copyOf(problems);
        }
    }

    /// @param problems all of them, by position; at least one is an error
    record Rejected(List<Problem> problems) implements Reading {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
