package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/** A trust statement as those who sign it see it. */
final class StatementLines {
  private StatementLines() {}

  static void print(PrintWriter out, TrustStatement statement, int signatures) {
    out.println("trust statement " + statement.id());
    if (statement.act() instanceof Name name) {
      out.printf("  names    authority %s, %s%n", key(name.authority()), name.label());
      times(out, name.from(), name.until());
    } else if (statement.act() instanceof Replace replace) {
      out.println("  replaces authority " + key(replace.authority()));
      out.printf("  by       %s, %s%n", key(replace.by()), replace.label());
      times(out, replace.from(), Optional.empty());
    } else if (statement.act() instanceof Revoke revoke) {
      out.printf(
          "  revokes  authority %s, %s, for good%n", key(revoke.authority()), revoke.reason());
    } else if (statement.act() instanceof RoomAct.Name name) {
      out.printf("  names    control room %s, %s%n", name.by().keyId(), name.label());
      out.println("  in place of " + name.room().keyId());
      times(out, name.from(), name.until());
    } else if (statement.act() instanceof RoomAct.Replace replace) {
      out.println("  replaces control room " + replace.room().keyId());
      out.printf("  by       %s, %s%n", replace.by().keyId(), replace.label());
      times(out, replace.from(), Optional.empty());
    } else if (statement.act() instanceof RoomAct.Revoke revoke) {
      out.printf(
          "  revokes  control room %s, %s, for good%n", revoke.room().keyId(), revoke.reason());
    }
    statement.devices().forEach(device -> out.println("  device   " + device.shortForm()));
    if (signatures < TrustStatement.SIGNATURES) {
      out.println("  it needs the signature of a second authority: sightline trust countersign");
    }
  }

  private static String key(AuthorityPublicKey authority) {
    return authority.fingerprint().shortForm();
  }

  private static void times(PrintWriter out, Optional<Instant> from, Optional<Instant> until) {
    from.ifPresent(moment -> out.println("  from     " + moment));
    until.ifPresent(moment -> out.println("  until    " + moment));
  }
}
