package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A camera as it is named to be authorised: {@code ID} or {@code ID=ZONE}, with {@code VAN/} before
 * it where it is of a further van.
 *
 * @param of the further van; null for the first
 * @param zone file of its zone; null for the whole view
 */
record CameraOption(@Nullable String of, CameraId id, @Nullable Path zone) {
  /** Reads it from a command line. */
  static final class Converter implements ITypeConverter<CameraOption> {
    @Override
    public CameraOption convert(String value) {
      String[] parts = value.split("=", 2);
      int slash = parts[0].indexOf('/');
      try {
        return new CameraOption(
            slash < 0 ? null : parts[0].substring(0, slash),
            new CameraId(parts[0].substring(slash + 1)),
            parts.length < 2 ? null : Path.of(parts[1]));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** The van that it is of, given the first. */
  String van(String first) {
    return of == null ? first : of;
  }

  AuthorisedCamera as(CameraKind kind) throws SightlineException {
    return new AuthorisedCamera(
        id, kind, zone == null ? Optional.empty() : Optional.of(ZoneFile.read(zone)));
  }
}
