package org.sightline.edge.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.store.StoreException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file; the agent's state is {@value #FILE_NAME} in its data folder.
 *
 * <p>Durability: write-ahead log with {@code synchronous=FULL}; a transaction that has returned has
 * been handed to the disk with fsync and survives the end of the process and of the power. A
 * transaction that throws has left nothing behind. Deleted content is overwritten where it stands
 * ({@code secure_delete}); {@link #purge()} also empties the write-ahead log of it, and {@link
 * #scrub()} leaves nothing of it anywhere. The file is readable by its owner alone.
 *
 * <p>A file that cannot be written, because its disk is full or mounted for reading, is opened for
 * reading alone; what would change it is then refused like any write that fails.
 *
 * <p>Thread-safe: any thread may call; calls are done one after another on a single connection.
 * Other processes may read and write the same file; each waits up to {@link #BUSY_TIMEOUT} for the
 * other.
 *
 * <p>A statement that is wrong in itself, or breaks a constraint of a table, is a programming error
 * and thrown as {@link IllegalStateException}.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** Name of the file in the data folder. */
  public static final String FILE_NAME = "sightline.db";

  /** How long a call waits for another process that holds the file. */
  public static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  /** How long purging and scrubbing wait for others: alerts wait behind them. */
  private static final Duration PURGE_TIMEOUT = Duration.ofMillis(500);

  private static final Set<Integer> WRONG_STATEMENT =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code,
          SQLiteErrorCode.SQLITE_MISUSE.code,
          SQLiteErrorCode.SQLITE_RANGE.code);

  private final Path file;
  private final Connection connection;

  /** Why the file is opened for reading alone; null where it is not. */
  private final @Nullable StoreException onlyRead;

  private final ReentrantLock turn = new ReentrantLock();

  private Database(Path file, Connection connection, @Nullable StoreException onlyRead) {
    this.file = file;
    this.connection = connection;
    this.onlyRead = onlyRead;
  }

  /**
   * Opens the data file of a folder, creating folder and file where absent, checks the integrity of
   * the file and brings its tables up to date.
   *
   * @throws StoreException if it is not a database, is damaged, was written by a newer version, or
   *     cannot be read and written here
   */
  public static Database open(Path folder) throws StoreException {
    return open(folder.resolve(FILE_NAME), Schema.AGENT);
  }

  /** Opens a data file of a kind, as {@link #open(Path)} does. */
  public static Database open(Path file, Schema schema) throws StoreException {
    createPrivately(Objects.requireNonNull(file.toAbsolutePath().getParent()), file);
    return connect(file, schema);
  }

  /**
   * Opens the data file of a folder that must have one, for commands beside the agent.
   *
   * @throws StoreException as {@link #open}, and if there is no such file
   */
  public static Database openExisting(Path folder) throws StoreException {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          "the folder holds no data of an agent", file.toString(), "name its data folder", null);
    }
    return connect(file, Schema.AGENT);
  }

  private static void createPrivately(Path folder, Path file) throws StoreException {
    if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      throw new StoreException(
          "the data folder is a link that leads nowhere",
          folder.toString(),
          "see that its disk is mounted",
          null);
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StoreException(
          "the data folder is a file", folder.toString(), "name a folder", null);
    }
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      // SQLite gives its log and index the permissions of the file itself.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new StoreException(
            "the data file is not a regular file", file.toString(), "move it out of the way", e);
      }
    } catch (IOException e) {
      throw new StoreException(
          "the data file cannot be created",
          file.toString(),
          "name a data folder that this user may write to",
          e);
    }
  }

  private static Database connect(Path file, Schema schema) throws StoreException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    // What scrubbing copies is never in a file outside the data folder.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    try {
      return connect(file, schema, config, "jdbc:sqlite:" + file, null);
    } catch (StoreException e) {
      if (e.reason() == Reason.LASTING) {
        throw e;
      }
      return connectReading(file, schema, e);
    }
  }

  /**
   * A file that cannot be written, on a full disk or one mounted for reading, can still be read:
   * where a deployment stands must not be a secret of the disk. SQLite's index of the log, which
   * wants to be written too, is kept in memory; that takes the file for itself without a lock.
   */
  private static Database connectReading(Path file, Schema schema, StoreException why)
      throws StoreException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    // Where there is no log, SQLite would make one.
    String log = Files.exists(Path.of(file + "-wal")) ? "" : "&immutable=1";
    try {
      Database database =
          connect(
              file,
              schema,
              config,
              "jdbc:sqlite:file:" + file + "?mode=ro&vfs=unix-none" + log,
              why);
      LOG.warn("The data file is opened read-only: {}", why.getMessage());
      return database;
    } catch (StoreException | RuntimeException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private static Database connect(
      Path file, Schema schema, SQLiteConfig config, String url, @Nullable StoreException onlyRead)
      throws StoreException {
    Database database;
    try {
      database = new Database(file, config.createConnection(url), onlyRead);
    } catch (SQLException e) {
      throw failure(file, "opened", e);
    }
    try {
      // A list's rows are sealed, so that damage shows when one is opened.
      if (schema != Schema.WATCHLIST) {
        database.checkIntegrity();
      }
      new Migrations(database, file, schema).apply();
    } catch (StoreException | RuntimeException | Error e) {
      database.closeQuietly();
      throw e;
    }
    return database;
  }

  private void checkIntegrity() throws StoreException {
    String verdict =
        read(tx -> tx.query("PRAGMA integrity_check(1)", row -> row.text("integrity_check")))
            .get(0);
    if (!verdict.equals("ok")) {
      throw damaged(file, null);
    }
  }

  /**
   * Runs work that changes something, as one transaction.
   *
   * @return what the work returned, after it is safe on disk
   */
  public <T, X extends Exception> T write(Transaction.Work<T, X> work) throws StoreException, X {
    return inTransaction("BEGIN IMMEDIATE", work);
  }

  /** Runs work that only looks, seeing one state of the file throughout. */
  public <T, X extends Exception> T read(Transaction.Work<T, X> work) throws StoreException, X {
    return inTransaction("BEGIN", work);
  }

  /** A transaction of one changing statement; see {@link Transaction#update}. */
  public int update(String sql, @Nullable Object... arguments) throws StoreException {
    return write(transaction -> transaction.update(sql, arguments));
  }

  /** A transaction of one query; see {@link Transaction#query}. */
  public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments)
      throws StoreException {
    return read(transaction -> transaction.query(sql, mapper, arguments));
  }

  /** The first row of a query, if it has one. */
  public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... arguments)
      throws StoreException {
    return read(transaction -> transaction.first(sql, mapper, arguments));
  }

  /**
   * Moves the write-ahead log into the file and empties it. Waits for others only for a moment.
   *
   * @return false if another transaction still sees what was deleted, so that it is still on disk;
   *     purge again later
   */
  public boolean purge() throws StoreException {
    return takeOffDisk(List.of());
  }

  /**
   * Rewrites the whole file, and purges. SQLite overwrites a deleted row in place, but not the
   * copies that are left in a page when its rows are moved to another; this does away with those
   * too. Copies the file in memory and takes as long as writing it twice.
   *
   * @return as {@link #purge()}
   */
  public boolean scrub() throws StoreException {
    return takeOffDisk(List.of("VACUUM"));
  }

  private boolean takeOffDisk(List<String> before) throws StoreException {
    turn.lock();
    try {
      execute("PRAGMA busy_timeout = " + PURGE_TIMEOUT.toMillis());
      try {
        for (String statement : before) {
          execute(statement);
        }
        return emptyLog();
      } finally {
        execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT.toMillis());
      }
    } catch (SQLException e) {
      throw unwritable(e);
    } finally {
      turn.unlock();
    }
  }

  private boolean emptyLog() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return answer.next() && answer.getInt("busy") == 0;
    }
  }

  /** Purges and closes; calling it again does nothing. */
  @Override
  public void close() throws StoreException {
    turn.lock();
    try {
      if (!connection.isClosed()) {
        try {
          execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw failure(file, "closed", e);
    } finally {
      turn.unlock();
    }
  }

  private void closeQuietly() {
    try {
      connection.close();
    } catch (SQLException e) {
      // What made the opening fail is already being reported.
    }
  }

  private <T, X extends Exception> T inTransaction(String begin, Transaction.Work<T, X> work)
      throws StoreException, X {
    turn.lock();
    try {
      if (turn.getHoldCount() > 1) {
        throw new IllegalStateException("a transaction within a transaction");
      }
      execute(begin);
      boolean committed = false;
      try {
        T result = work.run(new OpenTransaction());
        execute("COMMIT");
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack();
        }
      }
    } catch (SQLException e) {
      throw unwritable(e);
    } finally {
      turn.unlock();
    }
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does after a full disk or a failed write.
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private final class OpenTransaction implements Transaction {
    @Override
    public int update(String sql, @Nullable Object... arguments) throws StoreException {
      try (PreparedStatement statement = prepare(sql, arguments)) {
        return statement.executeUpdate();
      } catch (SQLException e) {
        throw unwritable(e);
      }
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments)
        throws StoreException {
      try (PreparedStatement statement = prepare(sql, arguments);
          ResultSet cursor = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        Row row = new Row(cursor);
        while (cursor.next()) {
          rows.add(mapper.map(row));
        }
        return rows;
      } catch (SQLException e) {
        throw failure(file, "read", e);
      } catch (Row.RowFailure e) {
        throw failure(file, "read", e.failure);
      }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments)
        throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      try {
        for (int i = 0; i < arguments.length; i++) {
          statement.setObject(i + 1, columnValue(arguments[i]));
        }
      } catch (SQLException | RuntimeException e) {
        statement.close();
        throw e;
      }
      return statement;
    }
  }

  private static @Nullable Object columnValue(@Nullable Object argument) {
    if (argument instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    return argument instanceof UUID id ? id.toString() : argument;
  }

  private static StoreException damaged(Path file, @Nullable Throwable cause) {
    return new StoreException(
        "the data file is damaged or not a database",
        file.toString(),
        "move it away with its -wal and -shm files; a new one is made",
        cause);
  }

  /** On a file that is only read, whatever kept it from being opened is what keeps it from this. */
  private StoreException unwritable(SQLException e) {
    StoreException failure = failure(file, "written", e);
    return onlyRead == null || failure.reason() != Reason.NOT_WRITABLE
        ? failure
        : new StoreException(
            failure.what(), failure.where(), onlyRead.remedy(), onlyRead.reason(), e);
  }

  private static StoreException failure(Path file, String verb, SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    // The low byte is the primary code; the rest says where in SQLite it arose.
    int primary = code.code & 0xff;
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return damaged(file, e);
    }
    if (WRONG_STATEMENT.contains(primary)) {
      throw new IllegalStateException("a wrong statement", e);
    }
    String remedy;
    Reason reason = Reason.PASSING;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code
        || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      remedy = "free space on its disk";
    } else if (primary == SQLiteErrorCode.SQLITE_BUSY.code) {
      remedy = "end the other process that holds it";
    } else if (primary == SQLiteErrorCode.SQLITE_READONLY.code
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      remedy =
          "give this user write access to it and to its folder, and check that its disk is not"
              + " full";
      reason = Reason.NOT_WRITABLE;
    } else {
      remedy = "check its disk; SQLite says " + code.name();
    }
    return new StoreException(
        "the data file cannot be " + verb, file.toString(), remedy, reason, e);
  }
}
