package dev.hostseed.core.source;

import dev.hostseed.core.host.ProjectName;
import java.util.Map;

/// What the parsers of keys share.
///
/// @param variables the environment, over what `.env` says
record Scope(Report report, ProjectDirectory directory, Map<String, String> variables, ProjectName project) {}
