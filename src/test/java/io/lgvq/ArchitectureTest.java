package io.lgvq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.lgvq.app", "io.lgvq.cli", "io.lgvq.connection");

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.lgvq.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldKeepTheCommandLineOutsideQuarkus() {
    noClasses()
        .that()
        .resideInAPackage("io.lgvq.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "io.lgvq.app..")
        .check(CLASSES);
  }

  @Test
  void shouldLeaveTrainingToTheLauncher() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lgvq.training..", "ai.djl.pytorch..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheEmbeddedPlatformOutOfTheApplication() {
    noClasses()
        .that()
        .resideInAPackage("io.lgvq.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.lgvq.embedded..", "io.lgvq.cli..", "kafka..")
        .check(CLASSES);
  }
}
