package io.lgvq.operators;

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
          .importPackages("io.lgvq.operators");

  @Test
  void shouldKnowNothingOfKafkaAndQuarkus() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.quarkus..",
            "io.smallrye..",
            "org.apache.avro..",
            "io.lgvq.topology..",
            "io.lgvq.schemas..",
            "io.lgvq.training..",
            "io.lgvq.embedded..",
            "io.lgvq.cli..",
            "io.lgvq.app..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepEngineBehindItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lgvq.operators.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepImageIoBehindItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lgvq.operators.image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.imageio..", "java.awt..", "com.twelvemonkeys..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.lgvq.operators.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
