package org.sightline.edge.models;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.ScoringWords;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Spelling;
import org.sightline.edge.models.ModelPackException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads {@code pack.json}, strictly: every key is there, none is unknown, no type is bent. */
final class ManifestFormat {
  static final String FILE_NAME = "pack.json";

  private static final long MAX_SIZE_BYTES = 1L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .changeDefaultNullHandling(
              ignored -> JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
          .addMixIn(Scoring.class, ScoringWords.class)
          .addMixIn(Calibration.class, CalibrationKeys.class)
          .build();

  private ManifestFormat() {}

  /**
   * Reads one manifest.
   *
   * @param file {@code pack.json} in a folder that has the pack's name
   */
  static PackManifest read(Path file) throws ModelPackException {
    @Nullable PackManifest pack;
    try {
      if (Files.size(file) > MAX_SIZE_BYTES) {
        throw bad("the manifest is larger than " + MAX_SIZE_BYTES + " bytes", file, null);
      }
      pack = JSON.readValue(Files.readAllBytes(file), PackManifest.class);
    } catch (UnrecognizedPropertyException e) {
      throw bad("unknown key " + place(e) + nearest(e), file, e);
    } catch (JacksonException e) {
      throw bad(place(e) + " " + said(e), file, e);
    } catch (IOException e) {
      throw new ModelPackException(
          Reason.BAD_MANIFEST,
          "the manifest cannot be read",
          file.toString(),
          "check that it is there and readable",
          e);
    }
    if (pack == null) {
      throw bad("the manifest is null", file, null);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !folder.endsWith(pack.name())) {
      throw bad("the pack's name is not its folder's: " + pack.name(), file, null);
    }
    return pack;
  }

  /** The manifest as {@link #read} reads it. */
  static byte[] written(PackManifest pack) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(pack);
  }

  private static String place(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : "the manifest" + path;
  }

  private static String nearest(UnrecognizedPropertyException e) {
    List<String> known = e.getKnownPropertyIds().stream().map(String::valueOf).toList();
    return Spelling.nearest(e.getPropertyName(), known)
        .map(word -> ", did you mean " + word + "?")
        .orElse("");
  }

  private static String said(JacksonException e) {
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? "is refused: " + cause.getMessage()
        : "is not valid: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static ModelPackException bad(String what, Path file, @Nullable Throwable cause) {
    return new ModelPackException(
        Reason.BAD_MANIFEST,
        what,
        file.toString(),
        "correct it; docs/model-packs.md describes the format",
        cause);
  }
}
