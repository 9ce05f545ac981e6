package org.sightline.edge.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a query's answer; valid only while its mapper runs. */
public final class Row {
  private final ResultSet cursor;

  Row(ResultSet cursor) {
    this.cursor = cursor;
  }

  /** The text in a column that is never null. */
  public String text(String column) {
    return present(column, read(() -> cursor.getString(column)));
  }

  /** The text in a column, null where it is null. */
  public @Nullable String textOrNull(String column) {
    return read(() -> cursor.getString(column));
  }

  /** The number in a column; 0 where it is null. */
  public long integer(String column) {
    return present(column, read(() -> cursor.getLong(column)));
  }

  /** The number in a column, null where it is null. */
  public @Nullable Long integerOrNull(String column) {
    return textOrNull(column) == null ? null : integer(column);
  }

  /** The number in a column; 0 where it is null. */
  public double real(String column) {
    return present(column, read(() -> cursor.getDouble(column)));
  }

  /** The number in a column, null where it is null. */
  public @Nullable Double realOrNull(String column) {
    return textOrNull(column) == null ? null : real(column);
  }

  /** The bytes in a column that is never null. */
  public byte[] bytes(String column) {
    return present(column, read(() -> cursor.getBytes(column)));
  }

  /** The id in a column that is never null. */
  public UUID uuid(String column) {
    return UUID.fromString(text(column));
  }

  /** The time in a column that is never null, to the millisecond. */
  public Instant instant(String column) {
    return Instant.ofEpochMilli(integer(column));
  }

  /** The time in a column, null where it is null. */
  public @Nullable Instant instantOrNull(String column) {
    return textOrNull(column) == null ? null : instant(column);
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }

  private static <T> @Nullable T read(Read<T> read) {
    try {
      return read.value();
    } catch (SQLException e) {
      throw new RowFailure(e);
    }
  }

  private interface Read<T> {
    @Nullable T value() throws SQLException;
  }

  /** Carries a failure out of a mapper, which cannot throw it; {@link Database} takes it apart. */
  static final class RowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final SQLException failure;

    RowFailure(SQLException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
