package io.firstcome.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.firstcome.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ApiArchitectureTest {
  @ArchTest
  static final ArchRule meetsTheOthersInTopicsAndTablesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firstcome.consumer..", "io.firstcome.standalone..", "io.firstcome.embedded..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.firstcome.api.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheClusterKnowsOfKubernetes =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.firstcome.api.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");
}
