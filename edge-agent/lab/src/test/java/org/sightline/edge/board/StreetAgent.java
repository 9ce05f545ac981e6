package org.sightline.edge.board;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Permits;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.TestClips;

/**
 * A whole agent that has looked at a street of drawn people and goes on running. Its authorisation
 * permits figures and names a group, and its two alerts are stale as late as can be: they are given
 * to nobody after that, however slow the machine.
 */
final class StreetAgent implements AutoCloseable {
  private final Exercise exercise;
  private final AgentProcess process;

  private StreetAgent(Exercise exercise, AgentProcess process) {
    this.exercise = exercise;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder that exists, for all that it needs
   */
  static StreetAgent of(RunningBoard board, Path folder) throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
    Exercise exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
    board.knows(Exercise.VAN.value(), exercise.identity());
    exercise
        .permission()
        .alerts(
            new AlertTerms(
                AlertTerms.LONGEST_RETENTION,
                AlertTerms.LONGEST_STALE_AFTER,
                Optional.of(board.keys.identity()),
                Optional.empty(),
                Optional.of(new Permits(true, false)),
                Optional.of(List.of(new StatedGroup("A1", "Asian - Indian")))))
        .write();
    String stays = "  - {id: mast-2, source: \"%s\", loop: true}".formatted(nobody);
    return new StreetAgent(
        exercise, AgentProcess.run(exercise.opened(board.broker.uri(), street.settings(stays))));
  }

  /** The deployment's record, as the command prints it beside the agent that runs. */
  String record() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    String data = exercise.data().toString();
    Sightline.run(out, out, "deployment", "record", "--data", data, "--deployment", "exercise-1");
    return said.toString();
  }

  @Override
  public void close() {
    process.close();
  }
}
