package org.sightline.edge.builtin;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/**
 * Writes the descriptors of a folder of {@code fieldtest generate --portraits} for
 * models/builtin/fit-projection.py: arguments are the folder and the file.
 */
final class DescriptorExport {
  private DescriptorExport() {}

  public static void main(String[] args) throws Exception {
    ModelPack pack = ModelPacks.at(Path.of("none")).manifest("builtin");
    List<Path> people;
    try (Stream<Path> folders = Files.list(Path.of(args[0]))) {
      people = folders.sorted().toList();
    }
    List<Integer> owners = new ArrayList<>();
    List<float[]> descriptors = new ArrayList<>();
    try (FaceDetector detector =
            FaceDetectors.open(pack, Path.of("none"), DetectionSettings.stills(Compute.cpu(1)));
        DescriptorEmbedder embedder = new DescriptorEmbedder(pack)) {
      for (int person = 0; person < people.size(); person++) {
        for (Path file : pictures(people.get(person))) {
          BgrPicture picture = Stills.read(file);
          List<Face> faces = detector.detect(picture);
          if (faces.size() == 1) {
            try (AlignedFace face = embedder.align(picture, faces.get(0).landmarks())) {
              owners.add(person);
              descriptors.add(embedder.descriptor(face));
            }
          }
        }
      }
    }
    write(Path.of(args[1]), owners, descriptors);
  }

  private static List<Path> pictures(Path person) throws IOException {
    try (Stream<Path> files = Files.list(person)) {
      return files.sorted().toList();
    }
  }

  private static void write(Path file, List<Integer> owners, List<float[]> descriptors)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(descriptors.size());
      out.writeInt(DescriptorEmbedder.DESCRIPTOR_VALUES);
      for (int i = 0; i < descriptors.size(); i++) {
        out.writeInt(owners.get(i));
        for (float value : descriptors.get(i)) {
          out.writeFloat(value);
        }
      }
    }
  }
}
