package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.testing.PackagedJava;

/** What the installer puts on a machine of each role, looked at file by file. */
class RolesIT {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  /** What a machine in a van must not be able to do is not on it. */
  private static final List<String> OF_OTHERS =
      List.of("authority", "control-room", "lab", "testkit");

  private static final Duration A_WHILE = Duration.ofHours(1);

  private static final int ELF = 0x7f454c46;
  private static final int MACHINE_AT = 18;
  private static final int ELF_HEADER_BYTES = MACHINE_AT + Short.BYTES;

  /** As ELF numbers them. */
  private static final int MACHINE = System.getProperty("os.arch").equals("aarch64") ? 183 : 62;

  /** The classes of each role. */
  private static final Map<String, URLClassLoader> INSTALLED = new HashMap<>();

  @TempDir static Path root;

  @BeforeAll
  static void installEachRole() throws Exception {
    for (String role : List.of("van", "authority", "control-room")) {
      Process install =
          new ProcessBuilder(
                  REPOSITORY.resolve("scripts/install").toString(),
                  "--role",
                  role,
                  "--root",
                  root.resolve(role).toString())
              .redirectErrorStream(true)
              .redirectOutput(root.resolve(role + ".log").toFile())
              .start();
      assertThat(install.waitFor()).as(Files.readString(root.resolve(role + ".log"))).isZero();
    }
  }

  @Test
  void theVanHoldsNoClassOfAnotherRole() throws Exception {
    Set<String> ofOthers = new TreeSet<>();
    for (String module : OF_OTHERS) {
      ofOthers.addAll(entries(jar(REPOSITORY.resolve("edge-agent/target/sightline/lib"), module)));
    }
    ofOthers.removeIf(entry -> !entry.endsWith(".class") || entry.endsWith("package-info.class"));

    assertThat(ofOthers)
        .contains(
            "org/sightline/edge/enrol/Enroller.class",
            "org/sightline/edge/signing/AuthorityKey.class",
            "org/sightline/edge/signing/BundleWriter.class",
            "org/sightline/edge/board/Board.class",
            "org/sightline/edge/fieldtest/generate/Generator.class");
    for (Path jar : jars("van")) {
      assertThat(entries(jar)).as(jar.toString()).doesNotContainAnyElementsOf(ofOthers);
    }
  }

  @Test
  void nothingInTheVanWantsAWindowSystem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/readelf")), "readelf is not installed");
    List<Path> libraries = new ArrayList<>(natives(root.resolve("van/opt/sightline/native")));
    Path unpacked = Files.createDirectory(root.resolve("unpacked"));
    for (Path jar : jars("van")) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().filter(RolesIT::isNative).toList()) {
          Path library = unpacked.resolve(entry.getName().replace('/', '_'));
          Files.copy(file.getInputStream(entry), library);
          libraries.add(library);
        }
      }
    }

    assertThat(libraries).hasSizeGreaterThan(10);
    for (Path library : libraries) {
      assertThat(wanted(library))
          .as(library.toString())
          .doesNotContain("gtk")
          .doesNotContain("gdk");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"van", "authority", "control-room"})
  void everyLibraryOfNativeCodeIsOfThisMachine(String role) throws Exception {
    List<String> ofOthers = new ArrayList<>();
    for (Path jar : jars(role)) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().filter(each -> !each.isDirectory()).toList()) {
          try (InputStream content = file.getInputStream(entry)) {
            if (isOfAnotherMachine(entry.getName(), content.readNBytes(ELF_HEADER_BYTES))) {
              ofOthers.add(jar.getFileName() + "!" + entry.getName());
            }
          }
        }
      }
    }
    for (Path library : natives(root.resolve(role).resolve("opt/sightline/native"))) {
      try (InputStream content = Files.newInputStream(library)) {
        if (isOfAnotherMachine(library.toString(), content.readNBytes(ELF_HEADER_BYTES))) {
          ofOthers.add(library.toString());
        }
      }
    }

    assertThat(ofOthers).isEmpty();
  }

  private static boolean isOfAnotherMachine(String name, byte[] header) {
    ByteBuffer content = ByteBuffer.wrap(header);
    if (header.length == ELF_HEADER_BYTES && content.getInt(0) == ELF) {
      return content.order(ByteOrder.LITTLE_ENDIAN).getShort(MACHINE_AT) != MACHINE;
    }
    return name.matches(".*\\.(dll|dylib|jnilib|so(\\.\\d+)*)");
  }

  private static boolean isNative(JarEntry entry) {
    return entry.getName().matches(".*linux-.*\\.so(\\.\\d+)*");
  }

  private static List<Path> natives(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".so")).toList();
    }
  }

  private static String wanted(Path library) throws IOException {
    Process readelf =
        new ProcessBuilder("/usr/bin/readelf", "-d", library.toString())
            .redirectErrorStream(true)
            .start();
    return new String(readelf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "van, run",
    "van, deployment open",
    "authority, watchlist build",
    "authority, deployment authorise",
    "control-room, board",
    "control-room, alerts watch"
  })
  void aRoleHasItsCommands(String role, String command) throws Exception {
    assertThat(help(role, command)).contains("Usage: sightline " + command);
  }

  @ParameterizedTest
  @CsvSource({
    "van, watchlist build",
    "van, authority init",
    "van, deployment authorise",
    "van, deployment countersign",
    "van, board",
    "van, fieldtest generate",
    "authority, run",
    "authority, board",
    "control-room, run",
    "control-room, watchlist build"
  })
  void aRoleHasNoCommandOfAnother(String role, String command) throws Exception {
    assertThat(help(role, command)).doesNotContain("Usage: sightline " + command);
  }

  /**
   * A Java machine of its own, so that what the installed launcher makes of it is seen, with what a
   * package has of Java. The manifests lie inside a jar.
   */
  @ParameterizedTest
  @CsvSource({
    "van, models list, retail-0095",
    "authority, models list, retail-0095",
    "control-room, board --help, Usage: sightline board"
  })
  void theInstalledProgramRunsWithTheJavaOfAPackage(String role, String line, String said)
      throws Exception {
    Path home = root.resolve(role).resolve("opt/sightline");
    PackagedJava.putInto(home);
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/sightline").toString());
    command.addAll(List.of(line.split(" ", -1)));
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(started.getInputStream()).asString(StandardCharsets.UTF_8).contains(said);
  }

  /** Two builds of one version are to be the same. */
  @Test
  void nothingInAJarHasTheTimeOfTheBuild() throws Exception {
    for (Path jar : jars("van")) {
      Instant built = Files.getLastModifiedTime(jar).toInstant();
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.stream())
            .as(jar.toString())
            .allMatch(
                entry -> entry.getLastModifiedTime().toInstant().isBefore(built.minus(A_WHILE)));
      }
    }
  }

  /**
   * Of the installed jars and no others, in this process. What is printed for a command that is not
   * there is the help of what is above it.
   */
  private static String help(String role, String name) throws Exception {
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    Thread self = Thread.currentThread();
    ClassLoader ours = self.getContextClassLoader();
    self.setContextClassLoader(installed(role));
    try {
      Class.forName("org.sightline.edge.cli.Sightline", true, installed(role))
          .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class)
          .invoke(null, out, out, (name + " --help").split(" "));
    } finally {
      self.setContextClassLoader(ours);
    }
    return printed.toString();
  }

  private static URLClassLoader installed(String role) throws IOException {
    URLClassLoader known = INSTALLED.get(role);
    if (known == null) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : jars(role)) {
        jars.add(jar.toUri().toURL());
      }
      known = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      INSTALLED.put(role, known);
    }
    return known;
  }

  @AfterAll
  static void closeTheirJars() throws IOException {
    for (URLClassLoader each : INSTALLED.values()) {
      each.close();
    }
  }

  private static List<Path> jars(String role) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(role).resolve("opt/sightline/lib"))) {
      return files.toList();
    }
  }

  private static Path jar(Path folder, String module) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(module + "-\\d.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Set<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Set<String> entries = new TreeSet<>();
      file.stream().map(JarEntry::getName).forEach(entries::add);
      return entries;
    }
  }
}
