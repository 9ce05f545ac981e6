package org.sightline.edge.presentationattack;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.inference.onnx.ImageTensor;
import org.sightline.edge.inference.onnx.OnnxNetwork;
import org.sightline.edge.models.AttackPack;
import org.sightline.edge.models.AttackPack.Network;
import org.sightline.edge.models.InstalledAttackPack;

/** The networks of a pack on ONNX Runtime; their bona fide scores are averaged. */
public final class NetworkAttackDetector implements AttackDetector {
  private final AttackPack pack;
  private final List<Classifier> classifiers;
  private final FaceCropper cropper = new FaceCropper();

  /**
   * Loads the networks of a pack and tries them on black pictures.
   *
   * @param compute what the networks compute with
   * @throws InferenceException if a file is missing, corrupt or not what the manifest says
   */
  public static NetworkAttackDetector open(InstalledAttackPack pack, Compute compute)
      throws InferenceException {
    List<Classifier> classifiers = new ArrayList<>();
    try {
      for (Network network : pack.manifest().networks()) {
        classifiers.add(Classifier.open(network, pack.folder(), compute));
      }
    } catch (InferenceException unfit) {
      classifiers.forEach(Classifier::close);
      throw unfit;
    }
    return new NetworkAttackDetector(pack.manifest(), classifiers);
  }

  private NetworkAttackDetector(AttackPack pack, List<Classifier> classifiers) {
    this.pack = pack;
    this.classifiers = List.copyOf(classifiers);
  }

  @Override
  public PresentedFace look(Picture picture, BoxPx face) {
    List<BgrPicture> views = new ArrayList<>();
    for (Network network : pack.networks()) {
      BgrPicture view = BgrPicture.allocate(network.sidePx(), network.sidePx());
      cropper.fill(
          picture,
          Surroundings.of(face, network.boxScale(), picture.widthPx(), picture.heightPx()),
          view);
      views.add(view);
    }
    return new PresentedFace(views);
  }

  @Override
  public PresentationCheck assess(PresentedFace face) {
    double sum = 0;
    for (int i = 0; i < classifiers.size(); i++) {
      sum += classifiers.get(i).bonaFideScore(face.views().get(i));
    }
    return new PresentationCheck(sum / classifiers.size(), pack.suspectedBelow(), pack.name());
  }

  @Override
  public void close() {
    classifiers.forEach(Classifier::close);
  }

  /** One network; nothing of a face stays in its buffers. */
  private record Classifier(Network manifest, OnnxNetwork network, ImageTensor tensor)
      implements AutoCloseable {

    static Classifier open(Network manifest, Path folder, Compute compute)
        throws InferenceException {
      Path file = folder.resolve(manifest.file());
      Classifier classifier =
          new Classifier(
              manifest,
              OnnxNetwork.open(file, manifest.input().name(), List.of(manifest.output()), compute),
              new ImageTensor(manifest.input()));
      try {
        classifier.tryOut(file);
        return classifier;
      } catch (InferenceException unfit) {
        classifier.close();
        throw unfit;
      }
    }

    private void tryOut(Path file) throws InferenceException {
      tensor.reshape(1, manifest.sidePx(), manifest.sidePx());
      tensor.wipe();
      int values = network.run(tensor).get(0).capacity();
      if (values != manifest.classes()) {
        throw new InferenceException(
            "a network distinguishes " + values + " classes apart and not " + manifest.classes(),
            file.toString(),
            "check the pack with 'models verify'",
            null);
      }
    }

    double bonaFideScore(BgrPicture view) {
      tensor.reshape(1, manifest.sidePx(), manifest.sidePx());
      tensor.set(0, view);
      FloatBuffer logits = compute();
      // Only differences are raised to a power, so that none overflows.
      double others = 0;
      for (int i = 0; i < manifest.classes(); i++) {
        others += Math.exp(logits.get(i) - logits.get(manifest.bonaFideClass()));
      }
      for (int i = 0; i < manifest.classes(); i++) {
        logits.put(i, 0);
      }
      tensor.wipe();
      return 1 / others;
    }

    private FloatBuffer compute() {
      try {
        return network.run(tensor).get(0);
      } catch (InferenceException refused) {
        throw new NetworkFailure("presentation attack", refused);
      }
    }

    @Override
    public void close() {
      tensor.wipe();
      network.close();
    }
  }
}
