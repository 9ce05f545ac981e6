package org.sightline.edge.models;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.PassFactor;

/** What may be null of {@link org.sightline.edge.domain.Calibration} in JSON; a mix-in. */
interface CalibrationKeys {
  @JsonSetter(nulls = Nulls.SET)
  @Nullable ListScale list();

  @JsonSetter(nulls = Nulls.SET)
  @Nullable PassFactor pass();
}
