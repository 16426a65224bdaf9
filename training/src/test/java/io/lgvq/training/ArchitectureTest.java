package io.lgvq.training;

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
          .importPackages("io.lgvq.training");

  @Test
  void shouldKnowNothingOfKafkaAndQuarkus() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.quarkus..",
            "org.apache.avro..",
            "io.lgvq.topology..",
            "io.lgvq.schemas..",
            "io.lgvq.embedded..",
            "io.lgvq.cli..",
            "io.lgvq.app..")
        .check(CLASSES);
  }

  @Test
  void shouldWriteNetworksWithoutAnyEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("io.lgvq.training.network..", "io.lgvq.training.weights..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnx..", "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void shouldLeaveTheCorpusUnknownToEverythingThatLearns() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.lgvq.training.corpus..", "io.lgvq.training.samples..", "io.lgvq.training")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.lgvq.training.corpus.scene..",
            "io.lgvq.training.corpus.folder..",
            "io.lgvq.training.corpus.packages..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.lgvq.training.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
