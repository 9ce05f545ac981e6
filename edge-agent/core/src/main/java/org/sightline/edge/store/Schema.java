package org.sightline.edge.store;

import java.util.List;

/**
 * A kind of data file: its tables, as numbered scripts that are applied in order, each once, and
 * never changed after release.
 */
public enum Schema {
  /** State of the agent. */
  AGENT(
      "001-outbox.sql",
      "002-record.sql",
      "003-audit.sql",
      "004-deployment.sql",
      "005-outcomes-and-retention.sql",
      "006-signed-outcomes.sql",
      "007-instance.sql",
      "008-two-officers.sql",
      "009-two-officers-by-category.sql",
      "010-engagements.sql",
      "011-withdrawals.sql",
      "012-list-nearness.sql",
      "013-pauses.sql",
      "014-subject-rises.sql",
      "015-walks.sql",
      "018-test-alerts.sql",
      "019-urgent-authorisations.sql",
      "020-refused-deployments.sql",
      "021-trust.sql",
      "023-boxes.sql",
      "025-interrupted-walks.sql"),

  /** One watchlist. */
  WATCHLIST("watchlist-001.sql"),

  /** State of a control room's board. */
  BOARD(
      "board-001.sql",
      "board-002.sql",
      "board-003.sql",
      "board-004.sql",
      "board-005.sql",
      "board-006.sql",
      "board-007.sql",
      "board-008.sql",
      "board-009.sql"),

  /** Alerts that a board posts to other software. */
  WEBHOOK("webhook-001.sql");

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> scripts;

  Schema(String... scripts) {
    this.scripts = List.of(scripts);
  }

  List<String> scripts() {
    return scripts;
  }
}
