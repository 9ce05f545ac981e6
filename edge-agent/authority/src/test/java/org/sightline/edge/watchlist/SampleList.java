package org.sightline.edge.watchlist;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;

/** Lists of subjects that do not exist. */
public final class SampleList {
  public static final Instant CREATED = Instant.parse("2026-11-23T06:00:00Z");
  public static final Instant EXPIRES = CREATED.plus(Duration.ofHours(24));
  public static final DeploymentId DEPLOYMENT = new DeploymentId("D-2026-11-23");
  public static final String PACK = "sample-pack";
  public static final int DIMENSION = 4;

  private SampleList() {}

  public static BundleTerms terms() {
    return new BundleTerms(DEPLOYMENT, PACK, 2, DIMENSION, 1, CREATED, EXPIRES);
  }

  public static EntryTerms entryTerms() {
    return new EntryTerms(terms().lastDay(), false);
  }

  /** Of a list that was written with {@link #terms()}, when it was made. */
  public static BundleExpectations expectations(Sha256 digest) {
    return new BundleExpectations(
        DEPLOYMENT, digest, PACK, 2, CREATED, CREATED, Duration.ofHours(24), 1);
  }

  public static List<WatchlistEntry> entries(int count) {
    Random random = new Random(count);
    List<WatchlistEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] portrait = new byte[random.nextInt(20)];
      random.nextBytes(portrait);
      List<Template> templates = new ArrayList<>();
      for (int t = 0; t <= i % 3; t++) {
        templates.add(template(random));
      }
      entries.add(
          new WatchlistEntry(
              new SubjectRef("S-" + i), "wanted – é", templates, new Jpeg(portrait)));
    }
    return entries;
  }

  public static Template template(Random random) {
    float[] values = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      values[d] = (float) random.nextGaussian();
    }
    return Template.normalised(PACK, values);
  }

  public static Sha256 write(
      Path file, List<WatchlistEntry> entries, DeviceIdentity device, AuthorityKey authority)
      throws WatchlistException {
    try (BundleWriter writer = BundleWriter.create(file, terms(), device, List.of(authority))) {
      for (WatchlistEntry entry : entries) {
        writer.add(entry, entryTerms());
      }
      return writer.finish();
    }
  }
}
