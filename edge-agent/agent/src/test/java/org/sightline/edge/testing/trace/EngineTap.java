package org.sightline.edge.testing.trace;

import java.util.List;
import java.util.Optional;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.Search;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.pipeline.Engine;

/** An engine that does its work and lets somebody else see all of it. */
final class EngineTap implements FaceDetector, FaceEmbedder {
  private final Engine engine;
  private final Witness witness;

  /** Who sees it. */
  interface Witness {
    void found(List<Face> faces);

    void aligned(AlignedFace face);

    void embedded(List<Template> templates);
  }

  private EngineTap(Engine engine, Witness witness) {
    this.engine = engine;
    this.witness = witness;
  }

  /** The engine, tapped; closing it closes the engine. */
  static Engine on(Engine engine, Witness witness) {
    EngineTap tap = new EngineTap(engine, witness);
    return new Engine(tap, tap);
  }

  @Override
  public List<Face> detect(Picture picture) {
    List<Face> faces = engine.detector().detect(picture);
    witness.found(faces);
    return faces;
  }

  @Override
  public List<List<Face>> detectAll(List<Part> parts, Search search) {
    List<List<Face>> faces = engine.detector().detectAll(parts, search);
    faces.forEach(witness::found);
    return faces;
  }

  @Override
  public Optional<Face> refine(Picture picture, Face face) {
    return engine.detector().refine(picture, face);
  }

  @Override
  public String modelPack() {
    return engine.embedder().modelPack();
  }

  @Override
  public int dimension() {
    return engine.embedder().dimension();
  }

  @Override
  public AlignedFace align(Picture picture, Landmarks landmarks) {
    AlignedFace face = engine.embedder().align(picture, landmarks);
    witness.aligned(face);
    return face;
  }

  @Override
  public List<Template> embed(List<AlignedFace> faces) {
    List<Template> templates = engine.embedder().embed(faces);
    witness.embedded(templates);
    return templates;
  }

  @Override
  public void close() {
    engine.close();
  }
}
