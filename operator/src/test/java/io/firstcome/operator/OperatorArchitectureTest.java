package io.firstcome.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.firstcome.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class OperatorArchitectureTest {
  @ArchTest
  static final ArchRule meetsTheOthersInKafkaKubernetesAndHttpOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.firstcome.api..",
              "io.firstcome.consumer..",
              "io.firstcome.batch..",
              "io.firstcome.replay..",
              "io.firstcome.standalone..",
              "io.firstcome.embedded..");

  @ArchTest
  static final ArchRule planningIsPure =
      noClasses()
          .that()
          .resideInAnyPackage("..plan..", "..verdict..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8.kubernetes.client",
              "io.fabric8.kubernetes.client.dsl..",
              "io.javaoperatorsdk..",
              "org.apache.kafka.clients..",
              "java.net.http..",
              "org.springframework..")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Clock");

  @ArchTest
  static final ArchRule thePhasesHaveAnOrder =
      slices().matching("io.firstcome.operator.(*)..").should().beFreeOfCycles();
}
