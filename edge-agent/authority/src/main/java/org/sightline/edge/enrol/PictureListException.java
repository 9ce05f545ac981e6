package org.sightline.edge.enrol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A list of pictures to enrol that cannot be used. */
public final class PictureListException extends SightlineException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  PictureListException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
    this.faults = List.of();
  }

  private PictureListException(String what, String where, String remedy, List<String> faults) {
    super(ErrorKind.UNUSABLE_INPUT, what, where, remedy, null);
    this.faults = faults;
  }

  static PictureListException ofMany(
      String what, String where, String remedy, List<String> faults) {
    return new PictureListException(what, where, remedy, List.copyOf(faults));
  }

  /**
   * A line for each of the faults that the message counts; empty if the message is about the one.
   */
  public List<String> faults() {
    return faults;
  }
}
