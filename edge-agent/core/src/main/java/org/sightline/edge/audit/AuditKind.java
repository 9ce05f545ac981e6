package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What can be recorded in the log. A kind is never renamed or removed: old logs stay readable. */
public enum AuditKind {
  /** A watchlist was imported; from then on its deployment is authorised. */
  @JsonProperty("watchlist-imported")
  WATCHLIST_IMPORTED,

  /** A watchlist was refused. */
  @JsonProperty("watchlist-refused")
  WATCHLIST_REFUSED,

  /** Capture may begin, once the authorised start has come. */
  @JsonProperty("deployment-opened")
  DEPLOYMENT_OPENED,

  /** Cameras were opened. */
  @JsonProperty("capture-started")
  CAPTURE_STARTED,

  /** Cameras were closed. */
  @JsonProperty("capture-stopped")
  CAPTURE_STOPPED,

  /** An officer has interrupted capture until it is resumed. */
  @JsonProperty("deployment-paused")
  DEPLOYMENT_PAUSED,

  /** An officer has ended a pause. */
  @JsonProperty("deployment-resumed")
  DEPLOYMENT_RESUMED,

  /** The deployment is over: its end, its close, its revocation or its list's expiry. */
  @JsonProperty("deployment-ended")
  DEPLOYMENT_ENDED,

  /** An authority has taken a subject off the list of a deployment. */
  @JsonProperty("subject-withdrawn")
  SUBJECT_WITHDRAWN,

  /** An alert is about a subject that was taken off the list. */
  @JsonProperty("alert-withdrawn")
  ALERT_WITHDRAWN,

  /** A signed revocation arrived. */
  @JsonProperty("deployment-revoked")
  DEPLOYMENT_REVOKED,

  /** A deployment is under an authorisation that one authority signed alone, because of urgency. */
  @JsonProperty("urgent-authorisation")
  URGENT_AUTHORISATION,

  /** A second authority has confirmed an urgent authorisation. */
  @JsonProperty("urgent-confirmed")
  URGENT_CONFIRMED,

  /** An authority has refused an urgent authorisation: all of its deployment is discarded. */
  @JsonProperty("urgent-refused")
  URGENT_REFUSED,

  /** All of a refused deployment is gone; at a board, all that came of it. */
  @JsonProperty("deployment-discarded")
  DEPLOYMENT_DISCARDED,
  /** Authorities have named a key that counts from now on, perhaps for a time. */
  @JsonProperty("key-named")
  KEY_NAMED,

  /** Authorities have had a key take the place of another. */
  @JsonProperty("key-replaced")
  KEY_REPLACED,

  /** Authorities have revoked a key: nothing that it has signed counts any more. */
  @JsonProperty("key-revoked")
  KEY_REVOKED,

  /** Keys and files of a watchlist are gone. */
  @JsonProperty("watchlist-destroyed")
  WATCHLIST_DESTROYED,

  /** Keys or files of a watchlist could not be removed. */
  @JsonProperty("destruction-failed")
  DESTRUCTION_FAILED,

  /** A threshold holds from now on. */
  @JsonProperty("threshold-set")
  THRESHOLD_SET,

  /** The threshold of one subject lies higher from now on: an alert about them was false. */
  @JsonProperty("threshold-raised")
  THRESHOLD_RAISED,
  /** A walk of somebody on the list who consented to it was announced. */
  @JsonProperty("walk-announced")
  WALK_ANNOUNCED,

  /** An announced walk by a camera is over: what came of it, or why that is not known. */
  @JsonProperty("walk-judged")
  WALK_JUDGED,

  /** A camera raises no alerts from now on: too few walks by it were recognised, or made. */
  @JsonProperty("alerts-withheld")
  ALERTS_WITHHELD,

  /** A camera raises alerts from now on: enough walks by it were recognised. */
  @JsonProperty("alerts-allowed")
  ALERTS_ALLOWED,

  /** An alert was decided. */
  @JsonProperty("alert-raised")
  ALERT_RAISED,

  /** Somebody judged an alert. */
  @JsonProperty("outcome-recorded")
  OUTCOME_RECORDED,

  /** The control room signed an outcome, but not as the authorisation demands. */
  @JsonProperty("outcome-refused")
  OUTCOME_REFUSED,

  /** An officer stated what became of an alert in the street, or corrected it. */
  @JsonProperty("engagement-recorded")
  ENGAGEMENT_RECORDED,

  /** What an officer stated of it was not taken. */
  @JsonProperty("engagement-refused")
  ENGAGEMENT_REFUSED,

  /** An officer in the street goes to the person of an alert; at a board. */
  @JsonProperty("alert-taken")
  ALERT_TAKEN,

  /** An officer looked at an alert; at a board. */
  @JsonProperty("alert-looked-at")
  ALERT_LOOKED_AT,

  /** An officer will judge an alert; at a board. */
  @JsonProperty("alert-claimed")
  ALERT_CLAIMED,

  /** An officer will not judge it after all; at a board. */
  @JsonProperty("alert-released")
  ALERT_RELEASED,

  /** An officer has another one judge an alert; at a board. */
  @JsonProperty("alert-handed-over")
  ALERT_HANDED_OVER,

  /** Nobody claimed an alert in time, and a second desk has it before it, too; at a board. */
  @JsonProperty("alert-escalated")
  ALERT_ESCALATED,

  /** An officer wrote the sheet for the next shift; at a board. */
  @JsonProperty("hand-over-written")
  HAND_OVER_WRITTEN,

  /** An officer took the shift over from the one who wrote the sheet; at a board. */
  @JsonProperty("shift-taken-over")
  SHIFT_TAKEN_OVER,

  /** Somebody read a part of this log; at a board. */
  @JsonProperty("log-read")
  LOG_READ,

  /** Somebody had this log verified; at a board. */
  @JsonProperty("log-verified")
  LOG_VERIFIED,

  /** Somebody took a copy of what a board keeps; at a board. */
  @JsonProperty("data-exported")
  DATA_EXPORTED,

  /** Somebody read the figures of a board. */
  @JsonProperty("figures-read")
  FIGURES_READ,

  /** The control room had a van raise a test alert; at the van, and at a board for all vans. */
  @JsonProperty("test-alert")
  TEST_ALERT,

  /** A board began; all sessions of before are over. */
  @JsonProperty("board-started")
  BOARD_STARTED,

  /** A van's console began; all sessions of before are over. */
  @JsonProperty("console-started")
  CONSOLE_STARTED,

  /** Somebody looked at what a camera sees, with every face hidden; at a van's console. */
  @JsonProperty("preview-shown")
  PREVIEW_SHOWN,

  /** Somebody logged in; at a board or a console. */
  @JsonProperty("logged-in")
  LOGGED_IN,

  /** A session ended, by its officer or by itself; at a board or a console. */
  @JsonProperty("logged-out")
  LOGGED_OUT,

  /** Somebody did not know the password of an officer, or no session began; there too. */
  @JsonProperty("login-failed")
  LOGIN_FAILED,

  /** An officer took note of what came in the name of vans and was refused; at a board. */
  @JsonProperty("refusals-acknowledged")
  REFUSALS_ACKNOWLEDGED,

  /** An officer looked into why the log of a van does not go on; at a board. */
  @JsonProperty("van-log-acknowledged")
  VAN_LOG_ACKNOWLEDGED,

  /** Data whose time was over was deleted. */
  @JsonProperty("data-deleted")
  DATA_DELETED
}
