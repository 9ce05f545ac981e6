package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file in the data folder in which a running agent says each second how it stands, for those
 * who may read that folder. It is replaced as a whole, so that no half of it is read.
 */
public final class StatusFile {
  /** Its name in the data folder. */
  public static final String NAME = "status.json";

  /** A process is known by its start as well, which the system gives to a hundredth of a second. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Path next;

  /**
   * @param data the data folder
   */
  public StatusFile(Path data) {
    this.file = data.resolve(NAME);
    this.next = data.resolve(NAME + ".next");
  }

  /** Replaces what stands there. */
  void write(AgentStatus status) throws IOException {
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
    Files.write(next, JSON.writeValueAsBytes(status));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * What an agent last said here; empty if none has.
   *
   * @throws SightlineException if it cannot be read
   */
  public Optional<AgentStatus> read() throws SightlineException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), AgentStatus.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(SystemWords.of(e), e);
    } catch (JacksonException e) {
      throw unreadable("it is no status of an agent; an agent that starts writes it again", e);
    }
  }

  private SightlineException unreadable(String why, Exception cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT, "the status file cannot be read", file.toString(), why, cause);
  }

  /** Whether the process that said it still runs. */
  public static boolean isAlive(AgentStatus.RunningProcess process) {
    return ProcessHandle.of(process.pid())
        .filter(ProcessHandle::isAlive)
        .filter(found -> sameStart(found.info().startInstant(), process.started()))
        .isPresent();
  }

  private static boolean sameStart(Optional<Instant> found, @Nullable String said) {
    return found.isEmpty()
        || said == null
        || Duration.between(Instant.parse(said), found.get()).abs().compareTo(SAME_START) < 0;
  }
}
