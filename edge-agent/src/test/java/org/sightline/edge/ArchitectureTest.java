package org.sightline.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the packages to the table in docs/architecture.md. */
class ArchitectureTest {
  private static final String ROOT = "org.sightline.edge.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("org.sightline.edge");

  private static final Map<String, List<String>> MAY_IMPORT = new TreeMap<>();

  static {
    MAY_IMPORT.put("domain", List.of());
    MAY_IMPORT.put("config", List.of("domain"));
    MAY_IMPORT.put("crypto", List.of("domain"));
    MAY_IMPORT.put("store", List.of("domain"));
    MAY_IMPORT.put("imaging", List.of("domain"));
    MAY_IMPORT.put("health", List.of("domain"));
    MAY_IMPORT.put("track", List.of("domain"));
    MAY_IMPORT.put("shot", List.of("domain"));
    MAY_IMPORT.put("match", List.of("domain"));
    MAY_IMPORT.put("alert", List.of("domain"));
    MAY_IMPORT.put("authorisation", List.of("domain", "crypto"));
    MAY_IMPORT.put("watchlist", List.of("domain", "crypto"));
    MAY_IMPORT.put("capture", List.of("domain", "config"));
    MAY_IMPORT.put("inference", List.of("domain", "config"));
    MAY_IMPORT.put("detect", List.of("domain", "inference", "imaging"));
    MAY_IMPORT.put("embed", List.of("domain", "inference", "imaging"));
    MAY_IMPORT.put("enrol", List.of("domain", "imaging", "detect", "embed"));
    MAY_IMPORT.put("outbox", List.of("domain", "crypto", "store"));
    MAY_IMPORT.put("publish", List.of("domain", "config", "outbox", "store"));
    MAY_IMPORT.put("record", List.of("domain", "store"));
    MAY_IMPORT.put(
        "pipeline",
        List.of(
            "domain",
            "config",
            "capture",
            "inference",
            "detect",
            "embed",
            "imaging",
            "track",
            "shot",
            "match",
            "alert",
            "record",
            "health"));
    MAY_IMPORT.put(
        "evaluate", List.of("domain", "inference", "imaging", "detect", "embed", "match", "enrol"));
  }

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyWhatTheTableAllows() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () ->
                        classes()
                            .that()
                            .resideInAPackage(ROOT + row.getKey() + "..")
                            .should()
                            .onlyDependOnClassesThat(allowedFor(row.getKey(), row.getValue()))
                            .allowEmptyShould(true)
                            .check(CLASSES)));
  }

  private static DescribedPredicate<JavaClass> allowedFor(String self, List<String> others) {
    return DescribedPredicate.describe(
        "are of " + self + ", of " + others + " or foreign",
        target ->
            !target.getPackageName().startsWith("org.sightline.edge")
                || Stream.concat(Stream.of(self), others.stream())
                    .anyMatch(name -> inPackage(target, ROOT + name)));
  }

  private static boolean inPackage(JavaClass target, String name) {
    return target.getPackageName().equals(name) || target.getPackageName().startsWith(name + ".");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.sightline.edge.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> aForeignLibraryHasOneUser() {
    return Map.of(
            "java.sql..", List.of("store.."),
            "ai.onnxruntime..", List.of("inference.onnx.."),
            "org.eclipse.paho..", List.of("publish.mqtt.."),
            "org.newsclub.net.unix..", List.of("health.."),
            "com.google.crypto.tink..", List.of("crypto.."),
            "org.bytedeco.opencv..", List.of("imaging.."),
            "org.bytedeco.ffmpeg..", List.of("capture.ffmpeg..", "fieldtest.."))
        .entrySet()
        .stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                row.getValue().stream().map(p -> ROOT + p).toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(row.getKey())
                            .allowEmptyShould(true)
                            .check(CLASSES)));
  }

  @Test
  void theDomainUsesTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + "domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify.annotations..", ROOT + "domain..")
        .check(CLASSES);
  }
}
