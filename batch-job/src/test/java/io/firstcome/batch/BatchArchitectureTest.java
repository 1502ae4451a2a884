package io.firstcome.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.firstcome.batch",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BatchArchitectureTest {
  @ArchTest
  static final ArchRule meetsTheOthersInTablesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firstcome.api..",
              "io.firstcome.consumer..",
              "io.firstcome.standalone..",
              "io.firstcome.embedded..");

  @ArchTest
  static final ArchRule onlyTheApplicationAndTheRunsArePublic =
      classes()
          .that()
          .doNotHaveSimpleName("BatchApplication")
          .and()
          .resideOutsideOfPackage("io.firstcome.batch.run")
          .and()
          .areTopLevelClasses()
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule jobsDoNotKnowEachOther =
      slices().matching("io.firstcome.batch.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule runsKnowNoJob =
      noClasses()
          .that()
          .resideInAPackage("io.firstcome.batch.run")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firstcome.batch.dailystatistics..", "io.firstcome.batch.retention..");
}
