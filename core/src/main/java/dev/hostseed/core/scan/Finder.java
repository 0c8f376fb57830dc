package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Rules that know a secret by a fixed text in it.
interface Finder {
    /// Where a look is worth it.
    List<Keyword> keywords();

    List<SecretRule> rules();

    /// The secret at a keyword. Looks at most [Window#BEHIND] bytes back and [Window#AHEAD] bytes ahead, and at no byte
    /// more than a few times, however often a text repeats itself: what was looked through in vain is told to
    /// [Window#pass].
    ///
    /// @param at where the keyword starts
    /// @param keyword its place among [#keywords]
    Optional<Hit> find(Window window, int at, int keyword);
}
