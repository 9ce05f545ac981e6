package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/** A trust statement as those who sign it see it. */
final class StatementLines {
  private StatementLines() {}

  static void print(PrintWriter out, TrustStatement statement, int signatures) {
    out.println("trust statement " + statement.id());
    String key = statement.act().authority().fingerprint().shortForm();
    if (statement.act() instanceof Name name) {
      out.printf("  names    authority %s, %s%n", key, name.label());
      name.from().ifPresent(from -> out.println("  from     " + from));
      name.until().ifPresent(until -> out.println("  until    " + until));
    } else if (statement.act() instanceof Replace replace) {
      out.println("  replaces authority " + key);
      out.printf("  by       %s, %s%n", replace.by().fingerprint().shortForm(), replace.label());
      replace.from().ifPresent(from -> out.println("  from     " + from));
    } else if (statement.act() instanceof Revoke revoke) {
      out.printf("  revokes  authority %s, %s, for good%n", key, revoke.reason());
    }
    statement.devices().forEach(device -> out.println("  device   " + device.shortForm()));
    if (signatures < TrustStatement.SIGNATURES) {
      out.println("  it needs the signature of a second authority: sightline trust countersign");
    }
  }
}
