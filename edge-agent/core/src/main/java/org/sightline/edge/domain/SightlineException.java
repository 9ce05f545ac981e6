package org.sightline.edge.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure, told in one line: what is wrong, where, and how to fix it. Each package that
 * does I/O has its own subclass. The three parts never hold a secret, a name, a template or a
 * picture, because they end in logs and on terminals.
 */
public abstract class SightlineException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What would end the line or move the cursor of a terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private final String what;
  private final String where;
  private final String remedy;

  /**
   * @param what what is wrong, without a full stop: "the video holds no frame"
   * @param where the file, key, camera or address it concerns
   * @param remedy what the reader can do about it, without a full stop
   */
  protected SightlineException(
      String what, String where, String remedy, @Nullable Throwable cause) {
    super(cause);
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

  /**
   * Whether it may pass by itself, so that trying again later makes sense: a full disk, a folder
   * that somebody else is at work on. By default it is as passing as its cause.
   */
  public boolean isPassing() {
    return getCause() instanceof SightlineException cause && cause.isPassing();
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
