package io.firstcome.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.firstcome.consumer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ConsumerArchitectureTest {
  @ArchTest
  static final ArchRule meetsTheOthersInTopicsAndTablesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firstcome.api..", "io.firstcome.standalone..", "io.firstcome.embedded..");

  @ArchTest
  static final ArchRule onlyTheApplicationIsPublic =
      classes()
          .that()
          .doNotHaveSimpleName("ConsumerApplication")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();
}
