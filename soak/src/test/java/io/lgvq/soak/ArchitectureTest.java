package io.lgvq.soak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.lgvq.soak");

  @Test
  void shouldBreakTheStagesWithoutTrainingAndTheApplication() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lgvq.training..", "io.lgvq.app..", "io.lgvq.cli..", "io.quarkus..", "jakarta..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.lgvq.soak.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldShareNothingBetweenTheInstancesAndThoseWhoJudgeThem() {
    noClasses()
        .that()
        .resideInAPackage("io.lgvq.soak.instance..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lgvq.soak.verify..", "io.lgvq.soak.course..", "io.lgvq.soak.fault..")
        .check(CLASSES);
  }
}
