package org.sightline.edge.web.login;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The users file: who may log in, and the hashes of their passwords. Read again whenever it has
 * changed, so that a removed officer is out at once. Thread-safe.
 */
public final class Officers {
  /** NIST SP 800-63B-4 asks for no less where a password stands alone. */
  public static final int SHORTEST_PASSWORD = 15;

  public static final int LONGEST_PASSWORD = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Officers.class);
  private static final String FORMAT = "sightline-board-users/1";
  private static final PasswordHash UNMATCHED = PasswordHash.unmatched();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path file;
  private Users users;
  private @Nullable Stamp read;

  /** In the file a role is written only where it is another than that of an officer. */
  private record Content(
      String format,
      Map<String, PasswordHash> officers,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Map<String, Role>> roles) {}

  private record Users(TreeMap<String, PasswordHash> passwords, TreeMap<String, Role> roles) {
    static Users none() {
      return new Users(new TreeMap<>(), new TreeMap<>());
    }
  }

  /** How a changed file is detected; a new file in its place has another key. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  private Officers(Path file, Users users, @Nullable Stamp read) {
    this.file = file;
    this.users = users;
    this.read = read;
  }

  /**
   * Reads a users file; refuses one that others than its owner can open.
   *
   * @throws CryptoException if it cannot be used
   */
  public static Officers read(Path file) throws CryptoException {
    Stamp stamp = stamp(file);
    return new Officers(file, parse(file), stamp);
  }

  /** Reads a users file to change it; one that is not there has nobody in it. */
  public static Officers readOrNone(Path file) throws CryptoException {
    return Files.exists(file) ? read(file) : new Officers(file, Users.none(), null);
  }

  private static Users parse(Path file) throws CryptoException {
    try {
      Content content = JSON.readValue(DocumentFile.readSecret(file), Content.class);
      if (content != null
          && content.format().equals(FORMAT)
          && content.officers().keySet().stream().allMatch(Officers::isReference)) {
        return new Users(
            new TreeMap<>(content.officers()), new TreeMap<>(content.roles().orElse(Map.of())));
      }
    } catch (JacksonException e) {
      // Its message quotes the input.
    }
    throw new CryptoException(
        "not a file of users",
        file.toString(),
        "make it with: sightline board user, or in a van: sightline console user");
  }

  private static boolean isReference(String officer) {
    try {
      return Actor.officer(officer).reference().equals(officer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Adds an officer, or gives one who keeps their role a new password. */
  public synchronized void put(String officer, PasswordHash password) throws CryptoException {
    users.passwords.put(officer, password);
    write();
  }

  /** The same with another role. */
  public synchronized void put(String officer, PasswordHash password, Role role)
      throws CryptoException {
    if (role == Role.OFFICER) {
      users.roles.remove(officer);
    } else {
      users.roles.put(officer, role);
    }
    put(officer, password);
  }

  /**
   * Removes an officer.
   *
   * @return whether he was there
   */
  public synchronized boolean remove(String officer) throws CryptoException {
    users.roles.remove(officer);
    boolean removed = users.passwords.remove(officer) != null;
    if (removed) {
      write();
    }
    return removed;
  }

  private void write() throws CryptoException {
    Content content =
        new Content(
            FORMAT,
            users.passwords,
            users.roles.isEmpty() ? Optional.empty() : Optional.of(users.roles));
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    DocumentFile.replaceSecret(file, bytes);
  }

  /**
   * Checks a password.
   *
   * @return what is kept of it; empty if it is not this officer's or there is no such officer,
   *     which takes as long to find out
   */
  Optional<PasswordHash> check(String officer, char[] password) {
    PasswordHash kept = current(officer);
    boolean matches = (kept == null ? UNMATCHED : kept).matches(password);
    return matches ? Optional.ofNullable(kept) : Optional.empty();
  }

  /** What is kept of an officer's password now; null if there is no such officer. */
  synchronized @Nullable PasswordHash current(String officer) {
    readAgain();
    return users.passwords.get(officer);
  }

  /** What an officer is there for now; empty if there is no such officer. */
  synchronized Optional<Role> role(String officer) {
    readAgain();
    return users.passwords.containsKey(officer)
        ? Optional.of(users.roles.getOrDefault(officer, Role.OFFICER))
        : Optional.empty();
  }

  /** Whether anybody has a role. */
  public synchronized boolean hasAny(Role role) {
    readAgain();
    return users.passwords.keySet().stream()
        .anyMatch(officer -> role(officer).equals(Optional.of(role)));
  }

  private void readAgain() {
    Stamp now = stamp(file);
    if (now != null && now.equals(read)) {
      return;
    }
    boolean news = read != null || now != null;
    read = now;
    try {
      users = parse(file);
    } catch (CryptoException e) {
      if (news) {
        LOG.error("Nobody can log in: {}", e.getMessage());
      }
      users = Users.none();
    }
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
