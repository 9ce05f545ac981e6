package org.sightline.edge.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Brings the tables of a data file up to date with the scripts of its {@link Schema}: each once, as
 * one transaction, never undone. The number of those applied is the file's {@code user_version}.
 */
final class Migrations {
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\\R|$)");

  private final Database database;
  private final Path file;
  private final List<String> scripts;

  Migrations(Database database, Path file, Schema schema) {
    this.scripts = schema.scripts();
    this.database = database;
    this.file = file;
  }

  void apply() throws StoreException {
    int applied = applied();
    if (applied > scripts.size()) {
      throw new StoreException(
          "the data file was written by a newer version of the agent",
          file.toString(),
          "install that version again, or name another data folder",
          null);
    }
    for (int number = applied; number < scripts.size(); number++) {
      apply(number);
    }
  }

  private int applied() throws StoreException {
    return database
        .first("PRAGMA user_version", row -> (int) row.integer("user_version"))
        .orElseThrow();
  }

  private void apply(int number) throws StoreException {
    String script = resource(scripts.get(number));
    database.write(
        transaction -> {
          // Another process may have done it since: look again under the lock.
          int applied =
              transaction
                  .first("PRAGMA user_version", row -> (int) row.integer("user_version"))
                  .orElseThrow();
          if (applied == number) {
            for (String statement : END_OF_STATEMENT.splitAsStream(script).toList()) {
              transaction.update(statement);
            }
            transaction.update("PRAGMA user_version = " + (number + 1));
          }
          return number;
        });
  }

  private static String resource(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
