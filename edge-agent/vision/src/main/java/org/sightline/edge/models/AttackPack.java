package org.sightline.edge.models;

import static org.sightline.edge.models.ManifestRules.require;

import java.util.List;
import java.util.Set;
import org.sightline.edge.models.ModelPack.Input;
import org.sightline.edge.models.ModelPack.PackFile;

/**
 * The manifest of a pack that distinguishes pictures of faces from faces: presentation attack
 * detection in the words of ISO/IEC 30107-3. A manifest that contradicts itself cannot be made:
 * constructors throw {@link IllegalArgumentException}.
 *
 * @param networks whose bona fide scores are averaged; at least one
 * @param suspectedBelow a face with a lower bona fide score may be a picture; above 0, below 1
 */
public record AttackPack(
    String name,
    String title,
    int version,
    String licence,
    boolean verified,
    List<PackFile> files,
    List<Network> networks,
    double suspectedBelow)
    implements PackManifest {
  public AttackPack {
    files = List.copyOf(files);
    networks = List.copyOf(networks);
    Set<String> names = ManifestRules.fileNames(name, version, files);
    require(!networks.isEmpty(), "there is at least one network");
    for (Network network : networks) {
      require(names.contains(network.file()), "a network's file is not among the files");
    }
    require(suspectedBelow > 0 && suspectedBelow < 1, "suspectedBelow lies between 0 and 1");
  }

  /**
   * A network that looks at a face and its surroundings.
   *
   * @param file name of the pack's file
   * @param output name of the tensor of logits, one a class
   * @param sidePx width and height of what it looks at
   * @param boxScale width and height of that over the face box's own, at least 1
   * @param classes how many there are, at least 2
   * @param bonaFideClass which of them is a face that is no picture, counted from 0
   */
  public record Network(
      String file,
      Input input,
      String output,
      int sidePx,
      float boxScale,
      int classes,
      int bonaFideClass) {
    static final int MAX_SIDE_PX = 1024;

    public Network {
      require(sidePx > 0 && sidePx <= MAX_SIDE_PX, "sidePx is 1 to " + MAX_SIDE_PX);
      require(boxScale >= 1 && boxScale <= 100, "boxScale is 1 to 100");
      require(classes >= 2 && classes <= 1000, "there are 2 to 1,000 classes");
      require(bonaFideClass >= 0 && bonaFideClass < classes, "bonaFideClass is one of the classes");
    }
  }
}
