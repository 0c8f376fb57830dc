package dev.hostseed.core.source;

import dev.hostseed.core.canonical.Setting;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Report;
import java.util.Map;
import java.util.Set;

/// What the parsers of keys share.
///
/// @param variables the environment, over what `.env` says
/// @param profiles the active ones; `*` for all
/// @param platform of the host; that of this machine until [#on] says another
/// @param needs filled while keys are read
record Scope(
        Report report,
        ProjectDirectory directory,
        Map<String, String> variables,
        ProjectName project,
        Set<String> profiles,
        Platform platform,
        EngineNeeds needs) {

    Scope(
            Report report,
            ProjectDirectory directory,
            Map<String, String> variables,
            ProjectName project,
            Set<String> profiles) {
        this(report, directory, variables, project, profiles, Platform.ofThisMachine(), new EngineNeeds());
    }

    /// What of this the canonical form of a document depends on.
    Setting setting() {
        return new Setting(report, project, directory.path(), variables, profiles);
    }

    /// This scope; what is told here is about the rule `code`.
    Scope as(Code code) {
        return new Scope(report.as(code), directory, variables, project, profiles, platform, needs);
    }

    /// This scope, for a host of the kind `other`.
    Scope on(Platform other) {
        return new Scope(report, directory, variables, project, profiles, other, needs);
    }
}
