package org.sightline.edge.store;

/** Turns a row into a value. */
@FunctionalInterface
public interface RowMapper<T> {
  T map(Row row);
}
