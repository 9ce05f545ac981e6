package org.sightline.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A throw-away broker cannot be started here. */
public final class BrokerUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String where;
  private final String remedy;

  BrokerUnavailableException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what + ": " + where + " (" + remedy + ")", cause);
    this.what = what;
    this.where = where;
    this.remedy = remedy;
  }

  /** What is wrong. */
  public String what() {
    return what;
  }

  /** The program or address it concerns. */
  public String where() {
    return where;
  }

  /** What can be done about it. */
  public String remedy() {
    return remedy;
  }
}
