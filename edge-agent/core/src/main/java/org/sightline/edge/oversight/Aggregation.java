package org.sightline.edge.oversight;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.Aggregate.By;
import org.sightline.edge.oversight.Aggregate.Camera;
import org.sightline.edge.oversight.Aggregate.Category;
import org.sightline.edge.oversight.Aggregate.Group;
import org.sightline.edge.oversight.Aggregate.Refused;
import org.sightline.edge.oversight.Aggregate.Span;
import org.sightline.edge.oversight.Aggregate.UrgentUse;

/** Computes figures over the signed records of many deployments. */
public final class Aggregation {
  private final Collection<DeviceIdentity> devices;
  private final List<Refused> refused = new ArrayList<>();

  /** The newest record of each box of each deployment. */
  private final Map<String, SignedPart> newest = new TreeMap<>();

  private Aggregation(Collection<DeviceIdentity> devices) {
    this.devices = devices;
  }

  /**
   * Over files. One that does not verify stops none of the others: it is among what is refused.
   *
   * @param files signed records and merged ones
   * @param devices that signed them
   * @throws SightlineException if no record is left
   */
  public static Aggregate of(Collection<Path> files, Collection<DeviceIdentity> devices)
      throws SightlineException {
    Aggregation aggregation = new Aggregation(devices);
    for (Path file : files) {
      aggregation.read(file);
    }
    if (aggregation.newest.isEmpty()) {
      Refused first = aggregation.refused.get(0);
      throw new SightlineException(
          ErrorKind.REFUSED,
          "none of the files can be counted; the first: " + first.why(),
          first.file(),
          "name signed records, and the identity files of their devices");
    }
    return aggregation.aggregate();
  }

  private void read(Path file) {
    String name = file.toString();
    try {
      byte[] bytes = DocumentFile.read(file, MergedFile.MAX_SIZE_BYTES);
      if (MergedFile.isMerged(bytes)) {
        MergedFile.verify(name, bytes, devices);
        MergedFile.parts(name, bytes, devices).forEach(this::take);
      } else {
        take(SignedPart.verify(name, bytes, devices));
      }
    } catch (SightlineException e) {
      refused.add(new Refused(e.where(), e.what()));
    }
  }

  private void take(SignedPart part) {
    if (part.figures().use().life().isOpen()) {
      refused.add(
          new Refused(part.file(), "the deployment had not ended when " + part.box() + " signed"));
      return;
    }
    SignedPart other =
        newest.values().stream().filter(each -> isSameBox(each, part)).findFirst().orElse(null);
    if (other == null) {
      newest.put(box(part), part);
      return;
    }
    if (other.digest().equals(part.digest())) {
      return;
    }
    boolean newer = part.signed().signedAt().isAfter(other.signed().signedAt());
    SignedPart later = newer ? part : other;
    SignedPart earlier = newer ? other : part;
    newest.remove(box(earlier));
    newest.put(box(later), later);
    refused.add(
        new Refused(
            earlier.file(),
            "a later record of the same box and deployment counts in its place: " + later.file()));
  }

  private static String box(SignedPart part) {
    return use(part) + " " + part.signed().device().hex();
  }

  /** A box that was upgraded during a deployment says its authorisation from then on. */
  private static boolean isSameBox(SignedPart one, SignedPart two) {
    RecordFigures.Authorised first = one.figures().use().authorised();
    RecordFigures.Authorised second = two.figures().use().authorised();
    return one.signed().device().equals(two.signed().device())
        && one.signed().deployment().equals(two.signed().deployment())
        && (first == null
            || second == null
            || first.authorisation().equals(second.authorisation()));
  }

  private Aggregate aggregate() {
    List<SignedPart> parts =
        newest.values().stream()
            .sorted(
                Comparator.<SignedPart, Instant>comparing(Aggregation::openedAt)
                    .thenComparing(part -> part.figures().use().van())
                    .thenComparing(part -> part.signed().device().hex()))
            .toList();
    return new Aggregate(
        span(parts),
        group("all", parts),
        new By(
            groups(parts, Aggregation::use, part -> part.signed().deployment().value()),
            groups(parts, Aggregation::device, Aggregation::device),
            groups(parts, Aggregation::version, Aggregation::version),
            cameras(parts),
            categories(parts)),
        refused,
        unknown(parts));
  }

  private static Instant openedAt(SignedPart part) {
    Instant opened = part.figures().use().life().openedAt();
    return opened == null ? Instant.EPOCH : opened;
  }

  private static Span span(List<SignedPart> parts) {
    boolean opened =
        parts.stream().allMatch(part -> part.figures().use().life().openedAt() != null);
    List<Instant> ends =
        parts.stream()
            .map(part -> part.figures().use().life().end())
            .filter(Objects::nonNull)
            .toList();
    return new Span(
        opened ? openedAt(parts.get(0)) : null,
        ends.size() < parts.size() ? null : Collections.max(ends));
  }

  private static String device(SignedPart part) {
    return part.figures().use().van() + ", " + part.signed().device().shortForm();
  }

  private static String version(SignedPart part) {
    return "sightline "
        + part.figures().search().software()
        + ", "
        + part.figures().search().modelPack();
  }

  /** Two authorities may give their deployments the same name. */
  private static String use(SignedPart part) {
    RecordFigures.Authorised authorised = part.figures().use().authorised();
    return part.signed().deployment() + (authorised == null ? "" : authorised.authorisation());
  }

  private static Group group(String name, List<SignedPart> parts) {
    Set<String> deployments = new HashSet<>();
    parts.forEach(part -> deployments.add(use(part)));
    return new Group(
        name, deployments.size(), parts.size(), Merge.total(figures(parts)), urgent(parts));
  }

  private static List<UrgentUse> urgent(List<SignedPart> parts) {
    List<UrgentUse> urgent = new ArrayList<>();
    for (SignedPart part : parts) {
      RecordFigures.Urgent each = part.figures().use().life().urgent();
      if (each != null) {
        urgent.add(
            new UrgentUse(part.signed().deployment().value(), part.figures().use().van(), each));
      }
    }
    return urgent;
  }

  private static List<RecordFigures> figures(List<SignedPart> parts) {
    return parts.stream().map(SignedPart::figures).toList();
  }

  private static List<Group> groups(
      List<SignedPart> parts, Function<SignedPart, String> of, Function<SignedPart, String> name) {
    return by(parts, of).stream().map(each -> group(name.apply(each.get(0)), each)).toList();
  }

  private static Collection<List<SignedPart>> by(
      List<SignedPart> parts, Function<SignedPart, String> of) {
    Map<String, List<SignedPart>> groups = new LinkedHashMap<>();
    parts.forEach(
        part -> groups.computeIfAbsent(of.apply(part), key -> new ArrayList<>()).add(part));
    return groups.values();
  }

  private static List<Camera> cameras(List<SignedPart> parts) {
    List<Camera> cameras = new ArrayList<>();
    for (SignedPart part : parts) {
      RecordFigures.Walks walks = part.figures().walks();
      if (walks == null) {
        continue;
      }
      for (RecordFigures.Recognition each : walks.recognition()) {
        cameras.add(
            new Camera(
                part.signed().deployment().value(),
                device(part),
                each.camera(),
                each.list(),
                "sightline " + each.software() + ", " + each.modelPack(),
                each.threshold(),
                Rate.some(each.trueRecognition().count(), each.trueRecognition().of())));
      }
    }
    return cameras;
  }

  private static List<Category> categories(List<SignedPart> parts) {
    RecordFigures.Counts counts = Merge.total(figures(parts)).counts();
    List<Category> categories = new ArrayList<>();
    counts
        .alertsByCategory()
        .forEach(
            (name, alerts) ->
                categories.add(
                    new Category(
                        name,
                        alerts,
                        // One face may raise an alert for each of several subjects.
                        Rate.of(Math.min(alerts, counts.facesSeen()), counts.facesSeen()))));
    return categories;
  }

  private static List<String> unknown(List<SignedPart> parts) {
    List<String> unknown = new ArrayList<>();
    for (List<SignedPart> boxes : by(parts, Aggregation::use)) {
      SignedPart first = boxes.get(0);
      RecordFigures.Authorised authorised = first.figures().use().authorised();
      String deployment = first.signed().deployment().value();
      if (authorised == null) {
        unknown.add(
            deployment
                + ": how many boxes were authorised, as the record's version kept no count.");
      } else if (authorised.boxes() > boxes.size()) {
        unknown.add(
            "%s: what %d of its %d authorised boxes saw, of which there is no record here."
                .formatted(deployment, authorised.boxes() - boxes.size(), authorised.boxes()));
      }
      if (boxes.stream().anyMatch(part -> part.figures().use().time().captureSeconds() == null)) {
        unknown.add(deployment + ": how long the cameras were open.");
      }
      for (SignedPart part : boxes) {
        if (part.figures().use().life().end() == null) {
          unknown.add(
              "%s: whether it had ended when %s signed; its figures may be a part."
                  .formatted(deployment, part.box()));
        }
      }
      long open = boxes.stream().mapToLong(part -> part.figures().outcomes().open()).sum();
      if (open > 0) {
        unknown.add(
            "%s: what %d of its alerts were; nobody judged them.".formatted(deployment, open));
      }
    }
    if (!urgent(parts).isEmpty()) {
      unknown.add(
          "Whether an urgent authorisation was refused after its record was signed: all that came of"
              + " it is discarded then.");
    }
    unknown.add("Whether there were deployments of which no file was named.");
    unknown.add("How many listed people walked by and raised no alert, but for announced walks.");
    unknown.add("How many different people were seen: somebody who passes twice is two faces.");
    unknown.add(
        "False alerts by camera and by category: a record counts outcomes for the whole box.");
    unknown.add("Medians over deployments: they cannot be computed from the medians of each.");
    unknown.add(
        "How much wider the intervals are than shown: they hold if faces and alerts do not depend on"
            + " each other, and those of one street and day may.");
    return unknown;
  }
}
