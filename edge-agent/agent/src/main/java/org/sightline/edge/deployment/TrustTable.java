package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustedKeys.Applied;

/** Trust statements and what was taken in under which signatures, in the data file. */
final class TrustTable {
  private TrustTable() {}

  /**
   * Under which authorisation a list was taken in.
   *
   * @param signers of it; none of one that was here before these were kept
   */
  record Taken(Instant at, Set<Sha256> signers) {
    Taken {
      signers = Set.copyOf(signers);
    }
  }

  /**
   * What was applied.
   *
   * @param applied in that order
   * @param digests of the documents
   * @param ids of those that can be read
   * @param unreadable ids of those that cannot
   */
  record Statements(
      List<Applied> applied, Set<Sha256> digests, Set<UUID> ids, List<String> unreadable) {
    /** These and one more. */
    Statements with(Applied more) {
      List<Applied> all = new ArrayList<>(applied);
      all.add(more);
      Set<Sha256> allDigests = new HashSet<>(digests);
      allDigests.add(Sha256.of(more.document().bytes()));
      Set<UUID> allIds = new HashSet<>(ids);
      allIds.add(more.statement().id());
      return new Statements(all, allDigests, allIds, unreadable);
    }

    private static Statements of(List<Applied> applied, List<String> unreadable) {
      return new Statements(
          List.copyOf(applied),
          applied.stream()
              .map(each -> Sha256.of(each.document().bytes()))
              .collect(Collectors.toUnmodifiableSet()),
          applied.stream()
              .map(each -> each.statement().id())
              .collect(Collectors.toUnmodifiableSet()),
          List.copyOf(unreadable));
    }
  }

  /** How many there are. */
  static int count(Statements statements) {
    return statements.applied().size() + statements.unreadable().size();
  }

  /** A number that another process's changes change, too. */
  static long version(Transaction tx) throws StoreException {
    return tx.first(
            "SELECT (SELECT COUNT(*) FROM trust_statement)"
                + " + (SELECT COUNT(*) FROM taken_authorisation)"
                + " + (SELECT COUNT(*) FROM taken_signer) AS number",
            row -> row.integer("number"))
        .orElseThrow();
  }

  static Statements statements(Transaction tx) throws StoreException {
    List<Applied> applied = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Map.Entry<String, Optional<Applied>> each :
        tx.query(
            "SELECT id, document, signer, applied_millis FROM trust_statement ORDER BY sequence",
            row -> Map.entry(row.text("id"), applied(row)))) {
      each.getValue().ifPresentOrElse(applied::add, () -> unreadable.add(each.getKey()));
    }
    return Statements.of(applied, unreadable);
  }

  private static Optional<Applied> applied(Row row) {
    return SignedDocument.parse(row.bytes("document"))
        .flatMap(
            document ->
                CanonicalJson.read(document.payload(), TrustStatement.class)
                    .map(
                        statement ->
                            new Applied(
                                statement,
                                document,
                                new Sha256(row.text("signer")),
                                row.instant("applied_millis"))));
  }

  static void put(Transaction tx, Applied applied) throws StoreException {
    tx.update(
        "INSERT INTO trust_statement (id, document, signer, applied_millis) VALUES (?, ?, ?, ?)",
        applied.statement().id(),
        applied.document().bytes(),
        applied.by().hex(),
        applied.at());
  }

  static Map<Sha256, Taken> taken(Transaction tx) throws StoreException {
    Map<String, Set<Sha256>> signers = new HashMap<>();
    for (String[] each :
        tx.query(
            "SELECT digest, signer FROM taken_signer",
            row -> new String[] {row.text("digest"), row.text("signer")})) {
      signers.computeIfAbsent(each[0], unused -> new HashSet<>()).add(new Sha256(each[1]));
    }
    Map<Sha256, Taken> taken = new HashMap<>();
    tx.query(
            "SELECT digest, taken_millis FROM taken_authorisation",
            row ->
                Map.entry(
                    new Sha256(row.text("digest")),
                    new Taken(
                        row.instant("taken_millis"),
                        signers.getOrDefault(row.text("digest"), Set.of()))))
        .forEach(each -> taken.put(each.getKey(), each.getValue()));
    return taken;
  }

  /** The first time counts. */
  static void take(Transaction tx, Sha256 authorisation, Set<Sha256> signers, Instant now)
      throws StoreException {
    tx.update(
        "INSERT OR IGNORE INTO taken_authorisation (digest, taken_millis) VALUES (?, ?)",
        authorisation.hex(),
        now);
    for (Sha256 signer : signers) {
      tx.update(
          "INSERT OR IGNORE INTO taken_signer (digest, signer) VALUES (?, ?)",
          authorisation.hex(),
          signer.hex());
    }
  }
}
