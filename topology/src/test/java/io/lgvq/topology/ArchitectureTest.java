package io.lgvq.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.lgvq.topology");

  @Test
  void shouldSeeTheStages() {
    assertThat(CLASSES.stream().map(type -> type.getSimpleName()))
        .contains("TokenizeStage", "CaptionStage", "AnswerStage", "ReconstructStage", "DriftStage");
  }

  @Test
  void shouldKnowNeitherEnginesNorTheApplication() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl..",
            "ai.onnxruntime..",
            "io.quarkus..",
            "jakarta..",
            "io.micrometer..",
            "io.lgvq.operators.engine..",
            "io.lgvq.operators.bundle..",
            "io.lgvq.training..",
            "io.lgvq.embedded..",
            "io.lgvq.cli..",
            "io.lgvq.app..")
        .check(CLASSES);
  }

  @Test
  void shouldKnowOperatorsOnlyByTheirInterfaces() {
    noClasses().should().dependOnClassesThat().haveSimpleNameStartingWith("Onnx").check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.lgvq.topology.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
