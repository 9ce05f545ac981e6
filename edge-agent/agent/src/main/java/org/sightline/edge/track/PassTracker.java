package org.sightline.edge.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;

/**
 * Joins the faces of successive frames of one camera into passes, by motion and size alone: it
 * knows where a face was heading, never whose it is. Not thread-safe.
 *
 * <p>Faces and open passes are paired greedily, nearest first, where "near" is the distance between
 * the centre of the face and the predicted centre of the pass in units of the face's size; a gap in
 * the sightings widens the gate. Confident faces choose first, so that a doubtful detection never
 * takes a pass away from a good one.
 */
public final class PassTracker {
  /** Widest gap between prediction and sighting, in face sizes, right after a sighting. */
  private static final double GATE_FACE_SIZES = 0.8;

  /** How fast the gate widens while a pass is out of sight, in face sizes a second. */
  private static final double GATE_GROWTH_PER_SECOND = 1.2;

  /**
   * How fast somebody of unknown velocity may be, in face sizes a second: a runner, about 3.5 m/s.
   */
  private static final double FIRST_SPEED = 20;

  /** Up to when a face seen once is looked for at that speed, as frames follow each other. */
  private static final double FIRST_SPEED_SECONDS = 0.1;

  /** Most that a face may grow or shrink between sightings. */
  private static final double SIZE_RATIO = 1.7;

  /** Share of the newest measurement in the estimated velocity. */
  private static final double VELOCITY_GAIN = 0.4;

  /** Time after which the velocity of a pass out of sight has faded to a third. */
  private static final double VELOCITY_FADE_SECONDS = 0.7;

  private final TrackSettings settings;
  private final List<Track> tracks = new ArrayList<>();
  private long nextPass;

  public PassTracker(TrackSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes the faces of the next frame.
   *
   * @param at stream time of the frame; not before that of the frame before
   */
  public PassUpdate update(Duration at, List<Face> faces) {
    double seconds = at.toNanos() / 1e9;
    List<Long> ended = endLost(seconds);

    List<Face> confident = new ArrayList<>();
    List<Face> doubtful = new ArrayList<>();
    for (Face face : faces) {
      (face.score() >= settings.startScore() ? confident : doubtful).add(face);
    }
    List<Track> open = new ArrayList<>(tracks);
    List<Sighting> sightings = new ArrayList<>();
    int begun =
        pair(seconds, open, confident, sightings) + pair(seconds, open, doubtful, sightings);
    for (Face face : confident) {
      Track track = new Track(nextPass++, face, seconds);
      tracks.add(track);
      if (settings.confirmSightings() <= 1) {
        begun++;
        sightings.add(new Sighting(track.pass, face));
      }
    }
    return new PassUpdate(sightings, begun, ended);
  }

  /** Ends every pass: the stream is over or was interrupted. */
  public List<Long> finish() {
    List<Long> ended = new ArrayList<>();
    for (Track track : tracks) {
      if (track.confirmed()) {
        ended.add(track.pass);
      }
    }
    tracks.clear();
    return ended;
  }

  private List<Long> endLost(double seconds) {
    List<Long> ended = new ArrayList<>();
    double lostAfterSeconds = settings.lostAfter().toNanos() / 1e9;
    for (Iterator<Track> each = tracks.iterator(); each.hasNext(); ) {
      Track track = each.next();
      if (seconds - track.seenAtSeconds > lostAfterSeconds) {
        each.remove();
        if (track.confirmed()) {
          ended.add(track.pass);
        }
      }
    }
    return ended;
  }

  /** Pairs what fits and takes it out of both lists; returns how many passes were confirmed. */
  private int pair(double seconds, List<Track> open, List<Face> faces, List<Sighting> sightings) {
    List<Pairing> pairings = new ArrayList<>();
    for (Track track : open) {
      for (Face face : faces) {
        double distance = track.distanceTo(face.box(), seconds);
        if (distance <= track.gate(seconds)) {
          pairings.add(new Pairing(track, face, distance));
        }
      }
    }
    pairings.sort(Comparator.comparingDouble(Pairing::distance));
    int begun = 0;
    for (Pairing pairing : pairings) {
      if (open.contains(pairing.track) && faces.contains(pairing.face)) {
        open.remove(pairing.track);
        faces.remove(pairing.face);
        boolean before = pairing.track.confirmed();
        pairing.track.see(pairing.face, seconds);
        if (pairing.track.confirmed()) {
          begun += before ? 0 : 1;
          sightings.add(new Sighting(pairing.track.pass, pairing.face));
        }
      }
    }
    return begun;
  }

  private record Pairing(Track track, Face face, double distance) {}

  private final class Track {
    final long pass;
    private BoxPx box;
    private double seenAtSeconds;
    private double velocityX;
    private double velocityY;
    private int seen = 1;

    Track(long pass, Face face, double seconds) {
      this.pass = pass;
      this.box = face.box();
      this.seenAtSeconds = seconds;
    }

    boolean confirmed() {
      return seen >= settings.confirmSightings();
    }

    double gate(double seconds) {
      double elapsed = seconds - seenAtSeconds;
      double gate = GATE_FACE_SIZES + GATE_GROWTH_PER_SECOND * elapsed;
      return seen == 1
          ? Math.max(gate, FIRST_SPEED * Math.min(elapsed, FIRST_SPEED_SECONDS))
          : gate;
    }

    /** Face sizes between the predicted centre and a box; infinite if their sizes cannot agree. */
    double distanceTo(BoxPx other, double seconds) {
      double ratio = other.height() / Math.max(1e-3, box.height());
      if (ratio > SIZE_RATIO || ratio < 1 / SIZE_RATIO) {
        return Double.POSITIVE_INFINITY;
      }
      double elapsed = seconds - seenAtSeconds;
      double travelled = VELOCITY_FADE_SECONDS * (1 - Math.exp(-elapsed / VELOCITY_FADE_SECONDS));
      double dx = other.centreX() - (box.centreX() + velocityX * travelled);
      double dy = other.centreY() - (box.centreY() + velocityY * travelled);
      return Math.hypot(dx, dy) / Math.max(1, (box.height() + other.height()) / 2);
    }

    void see(Face face, double seconds) {
      double elapsed = seconds - seenAtSeconds;
      if (elapsed > 1e-6) {
        // The first measured velocity is taken whole: a fresh pass has none to be smoothed with.
        double gain = seen == 1 ? 1 : VELOCITY_GAIN;
        velocityX += gain * ((face.box().centreX() - box.centreX()) / elapsed - velocityX);
        velocityY += gain * ((face.box().centreY() - box.centreY()) / elapsed - velocityY);
      }
      box = face.box();
      seenAtSeconds = seconds;
      seen++;
    }
  }
}
