package dev.hostseed.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/// The rules of docs/architecture.md, held against the classes.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.hostseed");

    /// A rule that sees no class holds always: each package that docs/architecture.md names must have some.
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("core.data", List.of()),
            Map.entry("core.work", List.of()),
            Map.entry("core.host", List.of("core.data")),
            Map.entry("core.problem", List.of()),
            Map.entry("core.yaml", List.of("core.problem")),
            Map.entry("core.variables", List.of("core.problem", "core.yaml")),
            Map.entry("core.notation", List.of("core.data", "core.host", "core.problem", "core.yaml")),
            Map.entry("core.merge", List.of("core.problem", "core.yaml")),
            Map.entry(
                    "core.canonical",
                    List.of(
                            "core.data",
                            "core.host",
                            "core.problem",
                            "core.yaml",
                            "core.variables",
                            "core.notation",
                            "core.merge")),
            Map.entry(
                    "core.source",
                    List.of(
                            "core.data",
                            "core.host",
                            "core.problem",
                            "core.yaml",
                            "core.variables",
                            "core.notation",
                            "core.merge",
                            "core.canonical")),
            Map.entry("core.file", List.of("core.data", "core.host")),
            Map.entry("core.engine", List.of("core.data", "core.host")),
            Map.entry("core.registry", List.of("core.data", "core.work", "core.host")),
            Map.entry("core.scan", List.of("core.data", "core.host", "core.problem")),
            Map.entry(
                    "core.image",
                    List.of(
                            "core.data",
                            "core.work",
                            "core.host",
                            "core.file",
                            "core.engine",
                            "core.registry",
                            "core.scan")),
            Map.entry("core.signature", List.of("core.data", "core.host", "core.file", "core.image")),
            Map.entry("core.build", List.of("core.data", "core.host", "core.engine", "core.image")),
            Map.entry("systemd.unit", List.of("core.data", "core.host", "core.file")),
            Map.entry("systemd.notify", List.of()),
            Map.entry(
                    "systemd.supervise",
                    List.of("core.data", "core.work", "core.host", "core.engine", "core.image", "systemd.notify")),
            Map.entry(
                    "systemd.release",
                    List.of(
                            "core.data",
                            "core.host",
                            "core.file",
                            "core.engine",
                            "core.image",
                            "core.signature",
                            "systemd.unit",
                            "systemd.supervise")),
            Map.entry("cloudinit.iso", List.of("core.file", "core.host")),
            Map.entry(
                    "cloudinit",
                    List.of(
                            "cloudinit.iso",
                            "core.data",
                            "core.host",
                            "core.file",
                            "core.image",
                            "core.scan",
                            "systemd.unit",
                            "systemd.release")));

    @Test
    void every_package_has_classes_and_uses_only_what_it_may() {
        MAY_USE.forEach((name, allowed) -> {
            var here = resideInAPackage("dev.hostseed." + name);
            assertThat(CLASSES.that(here).size()).as("classes in " + name).isPositive();
            var forbidden = resideInAPackage("dev.hostseed..")
                    .and(resideInAnyPackage(packagesOf(name, allowed)).negate());
            noClasses()
                    .that(here)
                    .should()
                    .dependOnClassesThat(forbidden)
                    .as(name + " uses only " + allowed)
                    .check(CLASSES);
        });
    }

    @Test
    void no_package_that_is_not_in_the_picture_has_classes() {
        var known = packagesOf("cli..", List.copyOf(MAY_USE.keySet()));
        classes().that(alwaysTrue()).should().resideInAnyPackage(known).check(CLASSES);
    }

    @Test
    void packages_do_not_go_round_in_circles() {
        slices().matching("dev.hostseed.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_the_commands_print_or_exit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hostseed.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void the_road_of_the_host_verbs_holds_no_heavy_library() {
        noClasses()
                .that()
                .resideInAPackage("dev.hostseed.cli.host")
                .or()
                .resideInAPackage("dev.hostseed.cli")
                .should()
                .dependOnClassesThat(resideInAnyPackage("picocli..", "org.yaml.snakeyaml..", "com.sun.jna.."))
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.hostseed.systemd.supervise.Pidfd")
                .and()
                .haveNameNotMatching("dev[.]hostseed[.]systemd[.]supervise[.]Pidfd[$].*")
                .should()
                .dependOnClassesThat(resideInAPackage("com.sun.jna.."))
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."))
                .check(CLASSES);
    }

    private static String[] packagesOf(String own, List<String> others) {
        var packages = new ArrayList<String>();
        packages.add("dev.hostseed." + own);
        others.forEach(other -> packages.add("dev.hostseed." + other));
        return packages.toArray(String[]::new);
    }
}
