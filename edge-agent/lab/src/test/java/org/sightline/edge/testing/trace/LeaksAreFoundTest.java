package org.sightline.edge.testing.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.Recognition;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.trace.Trace.Kind;
import org.sightline.testkit.LoopbackBroker;

/**
 * The real pipeline with a program in it that lets out what it knows of everybody, each thing in
 * its own way: the search that looks behind the agent finds every one of them.
 */
class LeaksAreFoundTest {
  private static final String PACK = "builtin";

  @TempDir private static Path folder;
  private static LoopbackBroker broker;
  private static BrokerTap tap;
  private static Path data;
  private static TraceSearch strangers;

  @BeforeAll
  static void peopleWalkByALeakyProgram() throws Exception {
    broker = Mosquitto.open();
    broker.start();
    tap = BrokerTap.on(broker);
    data = Files.createDirectory(folder.resolve("data"));
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed(PACK);
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    strangers = new TraceSearch(PeopleInClip.of(street, pack).unlisted());
    try (Leaks leaks = new Leaks();
        Engine engine =
            EngineTap.on(
                Engine.open(
                    pack,
                    DetectionSettings.frames(GeneratedStreet.SMALLEST_FACE_PX, Compute.cpu(2))),
                leaks);
        Gallery gallery = Gallery.builder(PACK, engine.embedder().dimension(), 0).build(null);
        Pipeline pipeline = pipeline(street, engine, gallery)) {
      pipeline.start();
      assertThat(pipeline.awaitEnd(Duration.ofMinutes(2))).isTrue();
      await().until(() -> tap.all().size() == leaks.messages);
    }
  }

  private static Pipeline pipeline(GeneratedStreet street, Engine engine, Gallery nobody)
      throws Exception {
    return new Pipeline(
        List.of(
            new Pipeline.Camera(
                new CameraId("mast-1"),
                FrameSources.open(ClipStills.fastest("mast-1", street.clip())),
                Pace.FASTEST)),
        new Deployment(
            new DeploymentId("leaky"),
            Exercise.VAN,
            new Place("here"),
            PACK,
            Calibration.none(Scoring.COSINE)),
        new Recognition(
            engine,
            nobody,
            row -> {
              throw new IllegalStateException("nobody is listed");
            },
            AlertSettings.of(new Similarity(0.9))),
        alert -> {},
        (alert, streamTime) -> {},
        () -> {},
        Clock.systemUTC());
  }

  @AfterAll
  static void close() throws Exception {
    if (tap != null) {
      tap.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void aTemplateInAFileIsFound() throws Exception {
    assertThat(inFile("templates.bin")).contains(Kind.TEMPLATE);
  }

  @Test
  void aTemplateInALogLineIsFound() throws Exception {
    assertThat(inFile("templates.log")).contains(Kind.TEMPLATE);
  }

  @Test
  void aTemplateInARowOfTheDatabaseIsFound() throws Exception {
    assertThat(strangers.under(data.resolve("database")))
        .extracting(Trace::kind)
        .contains(Kind.TEMPLATE);
  }

  @Test
  void aTemplateInAMessageIsFound() {
    assertThat(inMessagesOn("templates")).contains(Kind.TEMPLATE);
  }

  @Test
  void aFaceAsPixelsInAFileIsFound() throws Exception {
    assertThat(inFile("faces.bin")).contains(Kind.PIXELS);
  }

  @Test
  void aFaceAsAPictureInAFileIsFound() throws Exception {
    assertThat(inFile("face.jpg")).contains(Kind.PICTURE);
    assertThat(PictureSearch.under(data)).contains(data.resolve("face.jpg"));
  }

  @Test
  void aFaceAsAPictureInAMessageIsFound() {
    assertThat(inMessagesOn("faces")).contains(Kind.PICTURE);
  }

  @Test
  void aBoxInALogLineIsFound() throws Exception {
    assertThat(inFile("boxes.log")).contains(Kind.BOX);
  }

  @Test
  void aBoxInAMessageIsFound() {
    assertThat(inMessagesOn("boxes")).contains(Kind.BOX);
  }

  private static List<Kind> inFile(String name) throws Exception {
    return strangers.in(name, Files.readAllBytes(data.resolve(name))).stream()
        .map(Trace::kind)
        .toList();
  }

  private static List<Kind> inMessagesOn(String topic) {
    return tap.on(topic).stream()
        .flatMap(message -> strangers.in(topic, message.content()).stream())
        .map(Trace::kind)
        .toList();
  }

  /** Lets everything out. */
  private static final class Leaks implements EngineTap.Witness, AutoCloseable {
    int messages;
    private final Database database = Database.open(data.resolve("database"));
    private final MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + broker.port(), "leaks", new MemoryPersistence());

    Leaks() throws StoreException, MqttException {
      database.write(transaction -> transaction.update("CREATE TABLE leak (template BLOB)"));
      client.connect();
    }

    @Override
    public void found(List<Face> faces) {
      for (Face face : faces) {
        BoxPx box = face.box();
        append("boxes.log", ("DEBUG found " + face + "\n").getBytes(StandardCharsets.UTF_8));
        publish(
            "boxes",
            "{\"x\":%.1f,\"y\":%.1f,\"width\":%.1f,\"height\":%.1f}"
                .formatted(box.x(), box.y(), box.width(), box.height()));
      }
    }

    @Override
    public void aligned(AlignedFace face) {
      append("faces.bin", face.bgr());
      BgrPicture picture = BgrPicture.allocate(face.sidePx(), face.sidePx());
      picture.data().put(0, face.bgr());
      byte[] jpeg = JpegCodec.encode(picture, 80).bytes();
      append("face.jpg", jpeg);
      publish("faces", "{\"face\":\"" + Base64.getEncoder().encodeToString(jpeg) + "\"}");
    }

    @Override
    public void embedded(List<Template> templates) {
      for (Template template : templates) {
        float[] unit = new float[template.dimension()];
        template.copyTo(unit, 0);
        ByteBuffer bytes = ByteBuffer.allocate(4 * unit.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(unit);
        append("templates.bin", bytes.array());
        append(
            "templates.log",
            ("DEBUG looked for " + Arrays.toString(unit) + "\n").getBytes(StandardCharsets.UTF_8));
        publish("templates", Base64.getUrlEncoder().encodeToString(bytes.array()));
        try {
          database.write(
              transaction ->
                  transaction.update("INSERT INTO leak VALUES (?)", (Object) bytes.array()));
        } catch (StoreException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private static void append(String name, byte[] bytes) {
      try {
        Files.write(
            data.resolve(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void publish(String topic, String text) {
      try {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
        messages++;
      } catch (MqttException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws MqttException, StoreException {
      client.disconnect();
      client.close();
      database.close();
    }
  }
}
