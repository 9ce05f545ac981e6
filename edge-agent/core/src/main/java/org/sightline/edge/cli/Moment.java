package org.sightline.edge.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: {@code now}, {@code +PT4H} from now, or ISO 8601 with its offset. */
public final class Moment implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      if (text.equals("now")) {
        return now;
      }
      return text.startsWith("+")
          ? now.plus(Duration.parse(text.substring(1)))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is neither now, +PT4H (from now) nor a time like 2026-11-23T09:00:00Z");
    }
  }
}
