package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Rules that know a secret by a fixed text in it.
interface Finder {
    /// Texts of at least three ASCII characters, at one of which a look is worth it.
    List<String> keywords();

    List<SecretRule> rules();

    /// The secret at a keyword. Looks at most [Window#BEHIND] bytes back and [Window#AHEAD] bytes ahead, and in a text
    /// that repeats itself at no byte more than a few times.
    ///
    /// @param at where one of [#keywords] starts
    Optional<Hit> find(Window window, int at);
}
