package org.sightline.edge.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure in one line: what is wrong, where, and how to fix it; and of which {@link
 * ErrorKind kind} it is. A failure that somebody catches apart from others has its own subclass.
 * The three parts never hold a secret, a name, a template or a picture, because they end in logs
 * and on terminals.
 */
public class SightlineException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What would end the line or move the cursor of a terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private final ErrorKind kind;
  private final String what;
  private final String where;
  private final String remedy;

  public SightlineException(ErrorKind kind, String what, String where, String remedy) {
    this(kind, what, where, remedy, null);
  }

  /**
   * @param what what is wrong, without a full stop: "the video holds no frame"
   * @param where the file, key, camera or address it concerns
   * @param remedy what the reader can do about it, without a full stop
   */
  public SightlineException(
      ErrorKind kind, String what, String where, String remedy, @Nullable Throwable cause) {
    super(cause);
    this.kind = kind;
    this.what = oneLine(what);
    this.where = oneLine(where);
    this.remedy = oneLine(remedy);
  }

  /** A part may quote a file that is not what it should be. */
  private static String oneLine(String part) {
    return CONTROL.matcher(part).replaceAll("?");
  }

  /** The three parts in one line. */
  @Override
  public final String getMessage() {
    return what + ": " + where + " (" + remedy + ")";
  }

  public final ErrorKind kind() {
    return kind;
  }

  public final String what() {
    return what;
  }

  public final String where() {
    return where;
  }

  public final String remedy() {
    return remedy;
  }
}
