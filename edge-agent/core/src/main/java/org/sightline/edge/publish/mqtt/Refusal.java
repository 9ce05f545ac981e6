package org.sightline.edge.publish.mqtt;

/**
 * That a broker refuses something, and why.
 *
 * @param ended whether it ended the connection by it
 * @param reason 0x80 to 0xFF
 * @param words the broker's own; empty if it has none
 */
record Refusal(boolean ended, int reason, String words) {
  static final int SESSION_TAKEN_OVER = 0x8e;

  private static final int LONGEST_WORDS = 120;

  /** For logs: code, meaning, and the broker's own words on one line. */
  @Override
  public String toString() {
    String text = "0x%02X, %s".formatted(reason, meaning(reason));
    String said = printable(words);
    return said.isEmpty() ? text : text + "; it says: " + said;
  }

  static String meaning(int reason) {
    return switch (reason) {
      case 0x81 -> "malformed packet";
      case 0x82 -> "protocol error";
      case 0x83 -> "an error of the broker's own";
      case 0x84 -> "it does not speak MQTT 5";
      case 0x85 -> "it does not accept the client's name";
      case 0x86 -> "wrong user or password";
      case 0x87 -> "not authorised";
      case 0x88 -> "not available";
      case 0x89 -> "busy";
      case 0x8a -> "banned";
      case 0x8b -> "it shuts down";
      case 0x8d -> "it received nothing for too long";
      case SESSION_TAKEN_OVER -> "another client has connected under this name";
      case 0x90 -> "it does not accept the topic";
      case 0x93 -> "too many messages in flight";
      case 0x95 -> "packet too large";
      case 0x96 -> "too many messages";
      case 0x97 -> "quota exceeded";
      case 0x98 -> "ended by its administrator";
      case 0x99 -> "payload of another format";
      case 0x9a -> "it retains nothing";
      case 0x9c, 0x9d -> "use another server";
      case 0x9f -> "too many connections";
      case 0xa0 -> "connected for too long";
      default -> "refused";
    };
  }

  /** What to do about it. */
  String remedy() {
    return switch (reason) {
      case SESSION_TAKEN_OVER ->
          "give each box a van name of its own; two made from one image share one";
      case 0x95 -> "raise the largest message that the broker accepts";
      case 0x89, 0x93, 0x96, 0x97, 0x9f -> "check the broker's limits and its load";
      case 0x86, 0x87 -> "check its user, password file and access rules";
      default -> "check the broker's log";
    };
  }

  private static String printable(String text) {
    String clean =
        text.codePoints()
            .map(
                c ->
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return clean.length() <= LONGEST_WORDS ? clean : clean.substring(0, LONGEST_WORDS) + "...";
  }
}
