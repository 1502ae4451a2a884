package io.firstcome.replay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.firstcome.replay",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ReplayArchitectureTest {
  @ArchTest
  static final ArchRule needsNoFramework =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.sql..",
              "org.apache.kafka..",
              "org.slf4j..",
              "org.jspecify..",
              "io.firstcome.core..",
              "io.firstcome.replay..");

  // Nothing but the ledger writes a decision: a proof that could write would prove nothing.
  @ArchTest
  static final ArchRule decidesWithTheRuleAndNotWithTheLedger =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("io.firstcome.core.ledger..");
}
