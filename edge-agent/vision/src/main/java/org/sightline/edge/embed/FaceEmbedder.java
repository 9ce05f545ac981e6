package org.sightline.edge.embed;

import java.util.List;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;

/** Turns faces into templates. One thread at a time; buffers are kept and reused between calls. */
public interface FaceEmbedder extends AutoCloseable {

  /** Name of the model pack whose templates these are. */
  String modelPack();

  /** Length of the template vector. */
  int dimension();

  /** Cuts the face out of its picture, turned and scaled as the network wants it. */
  AlignedFace align(Picture picture, Landmarks landmarks);

  /**
   * Embeds any number of aligned faces in as few runs as the network allows.
   *
   * @return one template per face, in the same order
   * @throws IllegalArgumentException if a face gives no template, because the network's output for
   *     it is not finite or zero; none of the others is returned then
   */
  List<Template> embed(List<AlignedFace> faces);

  @Override
  void close();
}
