package io.lgvq.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may know. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.lgvq.schemas");

  @Test
  void shouldKnowNeitherStreamsNorQuarkusNorOtherModules() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka.streams..",
            "io.quarkus..",
            "jakarta..",
            "ai.djl..",
            "ai.onnxruntime..",
            "io.lgvq.operators..",
            "io.lgvq.topology..",
            "io.lgvq.training..",
            "io.lgvq.embedded..",
            "io.lgvq.cli..",
            "io.lgvq.app..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCycles() {
    slices().matching("io.lgvq.schemas.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void shouldKeepRecordsFreeOfEverythingButAvro() {
    classes()
        .that()
        .resideInAPackage("io.lgvq.schemas.event")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lgvq.schemas.event", "org.apache.avro..", "java..")
        .check(CLASSES);
  }
}
