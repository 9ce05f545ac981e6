package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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

  private static final String NO_STATUS =
      "it is no status of an agent; an agent that starts writes it again";

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
      AgentStatus said = JSON.readValue(Files.readAllBytes(file), AgentStatus.class);
      if (said == null) {
        throw unreadable(NO_STATUS, null);
      }
      return Optional.of(said);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(SystemWords.of(e), e);
    } catch (JacksonException e) {
      throw unreadable(NO_STATUS, e);
    }
  }

  private SightlineException unreadable(String why, @Nullable Exception cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT, "the status file cannot be read", file.toString(), why, cause);
  }

  /**
   * Whether the process that said it still runs.
   *
   * @param fresh whether what it said is; decides where the system does not say when it started
   */
  public static boolean isAlive(AgentStatus.RunningProcess process, boolean fresh) {
    if (ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    String found = ProcessStart.of(process.pid());
    if (found == null || process.start() == null) {
      return fresh;
    }
    return found.equals(process.start());
  }
}
