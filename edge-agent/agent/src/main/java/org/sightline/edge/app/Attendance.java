package org.sightline.edge.app;

/**
 * Somebody who follows a service: the agent while there is one, and why there is none. Methods are
 * called on the thread of the service and return at once.
 */
public interface Attendance {
  /** Nobody: what cannot start, or has ended, ends the process. */
  Attendance NONE =
      new Attendance() {
        @Override
        public void runs(Agent agent) {}

        @Override
        public void without(String why) {}

        @Override
        public boolean stays() {
          return false;
        }

        @Override
        public boolean wantsStart() {
          return false;
        }
      };

  /** What each agent is shown to from the inside. */
  default AgentObserver observer() {
    return AgentObserver.NONE;
  }

  /** An agent runs from now on. */
  void runs(Agent agent);

  /**
   * There is no agent from now on.
   *
   * @param why in one line
   */
  void without(String why);

  /**
   * Whether the service stays without an agent, until a start {@linkplain #wantsStart is wanted}.
   */
  boolean stays();

  /** Whether an agent is to be started now; once for each time that somebody wants it. */
  boolean wantsStart();
}
