package org.sightline.edge.oversight;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    if (part.figures().use().closedAt() == null) {
      refused.add(
          new Refused(part.file(), "the deployment was still open when " + part.box() + " signed"));
      return;
    }
    String box = use(part) + " " + part.signed().device().hex();
    SignedPart other = newest.putIfAbsent(box, part);
    if (other == null || other.digest().equals(part.digest())) {
      return;
    }
    boolean newer = part.signed().signedAt().isAfter(other.signed().signedAt());
    SignedPart later = newer ? part : other;
    SignedPart earlier = newer ? other : part;
    newest.put(box, later);
    refused.add(
        new Refused(
            earlier.file(),
            "a later record of the same box and deployment counts in its place: " + later.file()));
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
    Instant opened = part.figures().use().openedAt();
    return opened == null ? Instant.EPOCH : opened;
  }

  private static Span span(List<SignedPart> parts) {
    boolean opened = parts.stream().allMatch(part -> part.figures().use().openedAt() != null);
    return new Span(
        opened ? openedAt(parts.get(0)) : null,
        parts.stream()
            .map(part -> Objects.requireNonNull(part.figures().use().closedAt()))
            .max(Comparator.naturalOrder())
            .orElse(null));
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
    return new Group(name, deployments.size(), parts.size(), Merge.total(figures(parts)));
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

  /** What a rate of recognition is of. */
  private record Recogniser(String device, String camera, String software, String modelPack) {}

  private static List<Camera> cameras(List<SignedPart> parts) {
    Map<Recogniser, long[]> passes = new LinkedHashMap<>();
    for (SignedPart part : parts) {
      RecordFigures.Walks walks = part.figures().walks();
      if (walks == null) {
        continue;
      }
      for (RecordFigures.Recognition each : walks.recognition()) {
        long[] sum =
            passes.computeIfAbsent(
                new Recogniser(device(part), each.camera(), each.software(), each.modelPack()),
                key -> new long[2]);
        sum[0] += each.trueRecognition().count();
        sum[1] += each.trueRecognition().of();
      }
    }
    return passes.entrySet().stream()
        .map(
            each ->
                new Camera(
                    each.getKey().device,
                    each.getKey().camera,
                    each.getKey().software,
                    each.getKey().modelPack,
                    Rate.some(each.getValue()[0], each.getValue()[1])))
        .toList();
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
      long open = boxes.stream().mapToLong(part -> part.figures().outcomes().open()).sum();
      if (open > 0) {
        unknown.add(
            "%s: what %d of its alerts were; nobody judged them.".formatted(deployment, open));
      }
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
