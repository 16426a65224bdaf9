package io.lgvq.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.lgvq.embedded");

  @Test
  void shouldKnowNothingButKafkaAndJava() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.lgvq.embedded..", "kafka..", "org.apache.kafka..", "java..")
        .check(CLASSES);
  }
}
