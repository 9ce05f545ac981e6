package org.sightline.edge.cli;

import org.sightline.edge.audit.Actor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A member of staff, by number or role; never a name. */
public final class OfficerReference implements ITypeConverter<Actor> {
  @Override
  public Actor convert(String text) {
    try {
      return Actor.officer(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
