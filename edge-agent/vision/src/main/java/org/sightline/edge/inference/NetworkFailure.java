package org.sightline.edge.inference;

/**
 * A network that ran before and cannot be run any more. Nothing can be found or recognised from now
 * on, so that nobody must take this for the fault of one face or frame: it ends the process, which
 * the service manager starts again.
 */
public final class NetworkFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param network what it is for, in a word or two
   */
  public NetworkFailure(String network, InferenceException refused) {
    super("the " + network + " network can no longer be run: " + refused.what(), refused);
  }
}
