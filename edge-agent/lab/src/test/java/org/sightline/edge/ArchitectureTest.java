package org.sightline.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.sightline.edge");

  private static final Path TABLE = Path.of("../../docs/architecture.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(?<name>\\w+)` \\|[^|]*\\| (?<others>[^|]*) \\|");

  private static final Path MODULES = Path.of("..");
  private static final Path SOURCES = Path.of("src/main/java/org/sightline/edge");

  /** Of a package-info.java, its lines joined. */
  private static final Pattern OWN = Pattern.compile("May import: (?<others>.*?)\\.\\s*/");

  private record Row(String name, String others) {
    boolean restricts() {
      return !others.startsWith("everything");
    }

    List<String> mayImport() {
      return others.equals("-") ? List.of() : List.of(others.split(", "));
    }
  }

  private static List<Row> table() throws IOException {
    String packages = Files.readString(TABLE).split("\\| package \\|", 2)[1].split("\\R\\R", 2)[0];
    return packages
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group("name"), row.group("others")))
        .toList();
  }

  @Test
  void thereIsARowForEveryPackageAndForNoOther() throws IOException {
    Set<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName() + ".")
            .filter(name -> name.startsWith(ROOT) && !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
            .collect(Collectors.toSet());

    assertThat(table()).extracting(Row::name).containsExactlyInAnyOrderElementsOf(packages);
    assertThat(table().stream().filter(Row::restricts).flatMap(row -> row.mayImport().stream()))
        .isSubsetOf(packages);
  }

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyWhatTheTableAllows() throws IOException {
    return table().stream()
        .filter(Row::restricts)
        .map(row -> heldTo(row, ROOT + row.name() + ".."));
  }

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyWhatItSaysOfItself() throws IOException {
    try (Stream<Path> files = Files.walk(MODULES)) {
      return files
          .filter(
              file ->
                  file.endsWith("package-info.java")
                      && file.toString().contains(SOURCES.toString()))
          .map(ArchitectureTest::ownRow)
          .flatMap(Optional::stream)
          .filter(Row::restricts)
          .map(row -> heldTo(row, ROOT + row.name()))
          .toList()
          .stream();
    }
  }

  private static DynamicTest heldTo(Row row, String packages) {
    return DynamicTest.dynamicTest(
        row.name(),
        () ->
            classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat(allowedFor(row.name(), row.mayImport()))
                .allowEmptyShould(true)
                .check(CLASSES));
  }

  private static Optional<Row> ownRow(Path packageInfo) {
    String name =
        packageInfo
            .getParent()
            .toString()
            .replaceFirst(".*/" + SOURCES + "/?", "")
            .replace(File.separatorChar, '.');
    try {
      Matcher own = OWN.matcher(Files.readString(packageInfo).replaceAll("\\R \\*", ""));
      return own.find() ? Optional.of(new Row(name, own.group("others"))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return Map.ofEntries(
            Map.entry("java.sql..", List.of("store..")),
            Map.entry("ai.onnxruntime..", List.of("inference.onnx..")),
            Map.entry("ai.onnx.proto..", List.of("models..", "inference.onnx..")),
            Map.entry("org.eclipse.paho..", List.of("publish.mqtt..")),
            Map.entry("org.newsclub.net.unix..", List.of("health..")),
            Map.entry("com.google.crypto.tink..", List.of("crypto..")),
            Map.entry("com.nimbusds..", List.of("crypto..")),
            Map.entry("io.nayuki..", List.of("notice..")),
            Map.entry("io.micrometer..", List.of("app.metrics..")),
            Map.entry("org.eclipse.jetty..", List.of("web..")),
            Map.entry("org.bytedeco.opencv..", List.of("imaging..", "builtin..")),
            Map.entry("org.bytedeco.ffmpeg..", List.of("capture.ffmpeg..", "fieldtest..")))
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

  /** Filled by position, more values than this cannot be kept apart. */
  private static final int MOST_BY_POSITION = 8;

  @Test
  void nothingTakesSoManyValuesByPositionThatTwoAreSwappedUnseen() {
    codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .areNotPrivate()
        .should(takeFewValuesByPosition())
        .check(CLASSES);
  }

  private static ArchCondition<JavaCodeUnit> takeFewValuesByPosition() {
    return new ArchCondition<>("take at most " + MOST_BY_POSITION + " values by position") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int values = unit.getRawParameterTypes().size();
        if (values > MOST_BY_POSITION && isFilledByPosition(unit)) {
          events.add(
              SimpleConditionEvent.violated(
                  unit,
                  unit.getFullName()
                      + " takes "
                      + values
                      + " values by position: group those that belong together in records of their"
                      + " own, and give texts that could be swapped a type each. Only a private"
                      + " record that mirrors a file, or one that JSON fills by name, may be"
                      + " longer"));
        }
      }
    };
  }

  /** Not what the compiler made, nor what a reader of JSON alone calls, which goes by names. */
  private static boolean isFilledByPosition(JavaCodeUnit unit) {
    return !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !(unit instanceof JavaConstructor constructor
            && constructor.getAccessesToSelf().isEmpty());
  }
}
