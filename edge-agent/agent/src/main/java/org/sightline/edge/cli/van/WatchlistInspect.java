package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.sightline.edge.watchlist.WatchlistBundle.VerifiedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watchlist inspect}. */
@Command(
    name = "inspect",
    description = {
      "Shows what may be shown of a watchlist without the device's keys.",
      "",
      "The signature and every byte are checked first. What is shown of the people on the list is how"
          + " many they are and why they are listed: all else opens on the device alone."
    },
    footer = {
      "",
      "Example:",
      "  sightline watchlist inspect list.bundle --authority-public authority.public --json"
    })
final class WatchlistInspect implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Watchlist bundle.")
  private Path bundle;

  @Option(
      names = "--authority-public",
      required = true,
      paramLabel = "FILE",
      description = "Public file of an authority that is trusted; once for each.")
  private List<Path> authorities;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws SightlineException {
    List<AuthorityPublicKey> trusted = new ArrayList<>();
    for (Path file : authorities) {
      trusted.add(AuthorityPublicKey.read(file));
    }
    Map<String, Object> shown = shown(WatchlistBundle.verify(bundle, trusted));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, shown);
    } else {
      shown.forEach((name, value) -> out.printf("%-18s %s%n", name, value));
    }
    return 0;
  }

  private static Map<String, Object> shown(VerifiedFile file) {
    BundleHeader header = file.header();
    BundleTerms terms = header.terms();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("deployment", terms.deployment().value());
    shown.put("device", header.device().hex());
    header
        .moreDevices()
        .ifPresent(
            more ->
                shown.put("moreDevices", more.stream().map(each -> each.device().hex()).toList()));
    shown.put("modelPack", terms.modelPack());
    shown.put("modelPackVersion", terms.modelPackVersion());
    shown.put("listVersion", terms.listVersion());
    shown.put("entries", header.entryCount());
    shown.put("entriesByCategory", header.contents().entriesByCategory());
    if (terms.control().isPresent()) {
      shown.put("controlEntries", header.contents().controlEntries(terms));
      shown.put("controlConsent", terms.control().get().consent());
    }
    shown.put("under18Entries", header.contents().under18Entries());
    shown.put("earliestReview", header.contents().earliestReview().toString());
    if (terms.rules().categories().isPresent()) {
      shown.put(
          "categories", terms.policy().rules().stream().map(WatchlistInspect::shown).toList());
    }
    shown.put("created", terms.created().toString());
    shown.put("expires", terms.expires().toString());
    shown.put("signers", file.signers().stream().map(Sha256::hex).sorted().toList());
    shown.put("digest", file.digest().hex());
    return shown;
  }

  private static Map<String, Object> shown(CategoryRule rule) {
    Response response = rule.response();
    Similarity threshold = rule.threshold();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("category", rule.category());
    shown.put("colour", response.colour().word());
    shown.put("urgency", response.urgency());
    shown.put("instruction", response.instruction());
    if (response.contact() != null) {
      shown.put("contact", response.contact());
    }
    shown.put("sound", response.sound().word());
    if (threshold != null) {
      shown.put("threshold", threshold.cosine());
    }
    shown.put("confirmation", response.confirmation());
    return shown;
  }
}
