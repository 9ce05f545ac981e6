package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.ConsoleSettings;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.ServiceCredential;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.setup.BoxKeys;
import org.sightline.edge.setup.SealedBy;
import org.sightline.edge.web.ServerCertificate;
import org.sightline.edge.web.login.Officers;

/** Every file that the settings name: that this user can read it, and nobody can who must not. */
final class FileChecks {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OTHERS_READ =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private static final String SEALED_KEY = "sealed key";
  private static final String RESEAL = "sudo sightline device reseal";

  private FileChecks() {}

  /** Whether a file is what it should be. */
  private interface Content {
    void check() throws SightlineException;
  }

  static List<Check> of(AgentSettings settings, Path settingsFile) throws SettingsException {
    List<Check> checks = new ArrayList<>();
    checks.add(document("settings file", settingsFile, () -> {}));
    Path deviceKey = settings.trust().deviceKey().path();
    if (settings.trust().deviceKey().sealed()) {
      checks.add(new Check("device key", () -> sealed(deviceKey)));
      Path credential = BoxKeys.sealed(settingsFile, deviceKey);
      checks.add(new Check(SEALED_KEY, () -> sealedBy(credential)));
    } else {
      checks.add(secret("device key", deviceKey, () -> DeviceKeys.read(deviceKey).close()));
    }
    for (Path authority : settings.trust().authorities()) {
      checks.add(
          document(
              "authority " + authority.getFileName(),
              authority,
              () -> AuthorityPublicKey.read(authority)));
    }
    addSecret(checks, "broker password", settings.broker().passwordFile());
    addKey(checks, "broker key", settings.broker().keyFile());
    addDocument(checks, "broker certificate", settings.broker().certificateFile());
    addDocument(checks, "broker authority", settings.broker().caFile());
    for (CameraSettings camera : settings.cameras()) {
      String name = "camera " + camera.id();
      addSecret(checks, name + " password", camera.access().passwordFile());
      addDocument(checks, name + " authority", camera.access().caFile());
    }
    AgentSettings.console(settingsFile).ifPresent(console -> addConsole(checks, console));
    return checks;
  }

  private static void addConsole(List<Check> checks, ConsoleSettings console) {
    checks.add(secret("console users", console.users(), () -> Officers.read(console.users())));
    ServerCertificate tls = console.tls();
    if (tls != null) {
      addKey(checks, "console key", tls.keyFile());
      addDocument(checks, "console certificate", tls.certificateFile());
    }
  }

  private static void addSecret(List<Check> checks, String subject, @Nullable Path file) {
    if (file != null) {
      checks.add(secret(subject, file, () -> PasswordFile.read(file)));
    }
  }

  /** What is in the others is found out when they are used. */
  private static void addKey(List<Check> checks, String subject, @Nullable Path file) {
    if (file != null) {
      checks.add(secret(subject, file, () -> {}));
    }
  }

  private static void addDocument(List<Check> checks, String subject, @Nullable Path file) {
    if (file != null) {
      checks.add(document(subject, file, () -> {}));
    }
  }

  private static Check secret(String subject, Path file, Content content) {
    return new Check(
        subject,
        () -> {
          EnumSet<PosixFilePermission> open = EnumSet.copyOf(OTHERS_READ);
          open.addAll(OTHERS_WRITE);
          return examined(subject, file, open, "chmod 600 it", content);
        });
  }

  private static Check document(String subject, Path file, Content content) {
    return new Check(
        subject, () -> examined(subject, file, OTHERS_WRITE, "chmod go-w it", content));
  }

  private static List<Finding> examined(
      String subject, Path file, Set<PosixFilePermission> forbidden, String remedy, Content content)
      throws SightlineException {
    PosixFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, PosixFileAttributes.class);
    } catch (NoSuchFileException e) {
      return List.of(
          Finding.bad(
              subject, "there is no such file: " + file, "put it there, or correct the path"));
    } catch (IOException | UnsupportedOperationException e) {
      return List.of(
          Finding.bad(
              subject, "cannot be looked at: " + file, "check the folders that it lies in"));
    }
    String mode = PosixFilePermissions.toString(attributes.permissions());
    String state = "%s, %s %s".formatted(file, attributes.owner().getName(), mode);
    if (!Files.isReadable(file)) {
      return List.of(
          Finding.bad(
              subject,
              state + ", not readable by " + System.getProperty("user.name"),
              "chown it to the user of the service; run this as that user: sightline-on-device"
                  + " doctor"));
    }
    String owner = attributes.owner().getName();
    if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))) {
      return List.of(
          Finding.bad(
              subject,
              "belongs to %s and neither to root nor to this user: %s".formatted(owner, state),
              "chown it to root or to the user of the service"));
    }
    if (attributes.permissions().stream().anyMatch(forbidden::contains)) {
      return List.of(Finding.bad(subject, state, remedy));
    }
    content.check();
    return List.of(Finding.good(subject, state));
  }

  private static List<Finding> sealed(Path file) throws SightlineException {
    if (!Files.exists(file)) {
      return List.of(
          Finding.bad(
              "device key",
              "the service manager has not unsealed it: " + file,
              "run this as: sightline-on-device doctor; if it was, seal the key again"));
    }
    DeviceKeys.readCredential(file).close();
    return List.of(
        ServiceCredential.holds(file)
            ? Finding.good("device key", "sealed, unsealed for this process alone")
            : Finding.bad(
                "device key",
                "not where the service manager puts what it has unsealed: " + file,
                "leave CREDENTIALS_DIRECTORY alone and seal the key"));
  }

  /** Whether the keys can be opened tomorrow as well, and by nobody who has the disk alone. */
  private static List<Finding> sealedBy(Path credential) throws SightlineException {
    if (!Files.isReadable(credential)) {
      return List.of(
          Finding.untested(SEALED_KEY, "this user cannot read what is sealed: " + credential));
    }
    Optional<SealedBy> by = SealedBy.of(credential);
    if (by.isEmpty()) {
      return List.of(
          Finding.untested(SEALED_KEY, "sealed in a way that is not known here: " + credential));
    }
    SealedBy needed = by.get();
    String line = "opened by " + needed.line();
    if (!needed.changing().isEmpty()) {
      return List.of(
          Finding.look(
              SEALED_KEY,
              line,
              "no PCR that an update of firmware or Secure Boot changes",
              "before the next update, or this box is locked out: " + RESEAL));
    }
    if (!needed.tpm()) {
      return List.of(
          Finding.look(
              SEALED_KEY,
              line,
              "a TPM, which a stolen disk has not",
              "use a machine with a TPM 2.0 and its libraries (tpm2-tools), then: " + RESEAL));
    }
    return List.of(Finding.good(SEALED_KEY, line));
  }
}
