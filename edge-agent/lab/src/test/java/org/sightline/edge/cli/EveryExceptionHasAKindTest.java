package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** Holds for every exception that says what, where and how to fix it, those to come among them. */
class EveryExceptionHasAKindTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.sightline.edge");

  static Stream<Class<?>> subclasses() {
    return PRODUCT.get(SightlineException.class).getAllSubclasses().stream()
        .filter(each -> !each.getFullName().contains("Test"))
        .map(JavaClass::reflect);
  }

  @ParameterizedTest
  @MethodSource("subclasses")
  void itEndsACommandInOneLineWithTheExitCodeOfItsKind(Class<?> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      SightlineException failure = (SightlineException) made(constructor);
      StringWriter err = new StringWriter();

      int exit = Sightline.run(thatThrows(failure), new PrintWriter(err, true), "models", "list");

      assertThat(exit).as(constructor.toString()).isEqualTo(failure.kind().exitCode());
      assertThat(err.toString().strip()).isEqualTo(failure.getMessage());
    }
  }

  @Test
  void theKindsHaveAnExitCodeEach() {
    assertThat(Arrays.stream(ErrorKind.values()).map(ErrorKind::exitCode))
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  /** What nobody catches apart from others needs no name of its own. */
  @Test
  void aSubclassIsCaughtByItsTypeOrHoldsSomething() {
    Set<String> caught =
        PRODUCT.stream()
            .flatMap(each -> each.getCodeUnits().stream())
            .map(JavaCodeUnit::getTryCatchBlocks)
            .flatMap(Set::stream)
            .map(TryCatchBlock::getCaughtThrowables)
            .flatMap(Set::stream)
            .map(JavaClass::getFullName)
            .collect(Collectors.toSet());

    assertThat(subclasses().filter(each -> !caught.contains(each.getName())))
        .allSatisfy(
            each ->
                assertThat(Arrays.stream(each.getDeclaredFields()))
                    .as(each.getName())
                    .anyMatch(field -> !field.getName().equals("serialVersionUID")));
  }

  /** A command says what it found; the kind of a failure says how it ends. */
  @Test
  void theEntryAloneMakesAnExitCodeOfAKind() throws Exception {
    assertThat(
            PRODUCT.get(ErrorKind.class).getMethod("exitCode").getCallsOfSelf().stream()
                .map(call -> call.getOriginOwner().getName())
                .filter(name -> !name.contains("Test")))
        .containsOnly(Sightline.class.getName());
  }

  private static PrintWriter thatThrows(SightlineException failure) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            EveryExceptionHasAKindTest.<RuntimeException>thrown(failure);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void thrown(Throwable failure) throws T {
    throw (T) failure;
  }

  private static Object made(Constructor<?> constructor) throws ReflectiveOperationException {
    constructor.setAccessible(true);
    Class<?>[] types = constructor.getParameterTypes();
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = sample(types[i]);
    }
    return constructor.newInstance(values);
  }

  private static @Nullable Object sample(Class<?> type) throws ReflectiveOperationException {
    Map<Class<?>, Object> known =
        Map.of(String.class, "x", Path.class, Path.of("x"), List.class, List.of(), int.class, 1);
    if (type == Throwable.class || known.containsKey(type)) {
      return known.get(type);
    }
    if (type == Instant.class) {
      return Instant.EPOCH;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type.isSealed()
        ? sample(type.getPermittedSubclasses()[0])
        : made(type.getDeclaredConstructors()[0]);
  }
}
