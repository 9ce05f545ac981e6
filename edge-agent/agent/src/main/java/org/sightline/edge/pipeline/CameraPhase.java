package org.sightline.edge.pipeline;

/** Whether frames are expected of a camera. */
public enum CameraPhase {
  /** It is not open yet. */
  WAITING,
  /** It is read, or opened again; frames are expected. */
  OPEN,
  /** An error closed it; it is not opened again, and sees nothing. */
  FAILED,
  /** It was closed, or its clip is over; nothing is known of what it would see. */
  ENDED
}
