package org.sightline.bench;

import java.io.PrintStream;

/** A measured figure, in words, beside the one to reach. */
final class Figures {
  static final boolean AT_LEAST = true;
  static final boolean AT_MOST = false;

  private Figures() {}

  static void print(PrintStream out, String what, double figure, double aim, boolean least) {
    boolean reached = least ? figure >= aim : figure <= aim;
    out.printf(
        "  %s %.2f %s (to reach: %s %.2f)%n",
        reached ? "reached    " : "NOT reached", figure, what, least ? "at least" : "at most", aim);
  }
}
