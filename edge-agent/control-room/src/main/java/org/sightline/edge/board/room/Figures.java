package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sightline.edge.publish.ReceivedAlert;

/**
 * How all alerts that are still known have gone, which are of the last 24 hours at most. Immutable.
 *
 * @param exercise of exercises alone
 * @param live of all others
 * @param deployments of each deployment, by its id
 */
public record Figures(Shift live, Shift exercise, Map<String, Shift> deployments) {
  static Figures of(Collection<OpenAlert> known, Map<UUID, Instant> claims) {
    List<OpenAlert> alerts = known.stream().filter(alert -> alert.content() != null).toList();
    Map<Boolean, List<OpenAlert>> exercises =
        alerts.stream().collect(Collectors.partitioningBy(alert -> content(alert).isExercise()));
    Map<String, Shift> deployments = new LinkedHashMap<>();
    alerts.stream()
        .collect(
            Collectors.groupingBy(
                alert -> content(alert).origin().deployment().value(),
                TreeMap::new,
                Collectors.toList()))
        .forEach((deployment, its) -> deployments.put(deployment, Shift.of(its, claims)));
    return new Figures(
        Shift.of(exercises.getOrDefault(false, List.of()), claims),
        Shift.of(exercises.getOrDefault(true, List.of()), claims),
        deployments);
  }

  private static ReceivedAlert content(OpenAlert alert) {
    return Objects.requireNonNull(alert.content());
  }
}
