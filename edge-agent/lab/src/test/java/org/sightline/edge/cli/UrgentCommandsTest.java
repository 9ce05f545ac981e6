package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Ruling.Check;
import org.sightline.edge.authorisation.Ruling.Word;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;

/** Urgent authorisations and what a second authority says of them, by the office's commands. */
class UrgentCommandsTest {
  private static final String REASON = "a child was taken at 8:40";

  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void aListForADevice() throws Exception {
    first.writeTo(file("a.key"));
    first.publicKey().writeTo(file("a.public"));
    second.writeTo(file("b.key"));
    DeviceIdentity device = DeviceKeys.generate().identity();
    device.writeTo(file("device.identity"));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    BundleTerms terms =
        new BundleTerms(
            new DeploymentId("D-1"), "sample-pack", 1, 2, 1, now, now.plus(Duration.ofHours(6)));
    try (BundleWriter writer =
        BundleWriter.create(file("list.bundle"), terms, device, List.of(first))) {
      writer.add(
          new WatchlistEntry(
              new SubjectRef("S-0001"),
              "wanted",
              List.of(Template.normalised("sample-pack", new float[] {1, 2})),
              new Jpeg(new byte[0])),
          new EntryTerms(terms.lastDay(), true));
      writer.finish();
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private int run(String... arguments) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int authorise(String... more) {
    List<String> arguments = new ArrayList<>(List.of("deployment", "authorise"));
    arguments.addAll(List.of("--authority", file("a.key").toString()));
    arguments.addAll(List.of("--device", file("device.identity").toString(), "--van", "van-7"));
    arguments.addAll(List.of("--watchlist", file("list.bundle").toString()));
    arguments.addAll(List.of("--officer", "Supt 1234", "--purpose", "to find a child"));
    arguments.addAll(List.of("--legal-basis", "policy 5.2", "--place", "High Street"));
    arguments.addAll(List.of("--public-notice", "notice 12", "--threshold-floor", "0.4"));
    arguments.addAll(List.of("--for", "PT4H", "--out", file("urgent.json").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int authoriseUrgently(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--start", "now", "--urgent", REASON));
    arguments.addAll(List.of(more));
    return authorise(arguments.toArray(String[]::new));
  }

  private int rule(String command, String key) {
    return run(
        "deployment",
        command,
        file("urgent.json").toString(),
        "--signed-by",
        file("a.public").toString(),
        "--authority",
        file(key).toString(),
        "--out",
        file("ruling.json").toString());
  }

  @Test
  void theReasonIsSignedAndWhenItLapsesIsShown() throws Exception {
    assertThat(authoriseUrgently()).as(err.toString()).isZero();
    assertThat(
            Authorisation.readSigned(
                Files.readAllBytes(file("urgent.json")), List.of(first.publicKey())))
        .isInstanceOfSatisfying(
            Reading.Signed.class,
            signed -> {
              Authorisation authorisation = (Authorisation) signed.content();
              assertThat(authorisation.grounds().urgency().orElseThrow().reason())
                  .isEqualTo(REASON);
              assertThat(out.toString())
                  .contains(
                      "urgent: lapses at %s unless another authority confirms it"
                          .formatted(authorisation.lapses().orElseThrow()));
            });
  }

  @Test
  void whatTwoSignIsNotUrgent() {
    assertThat(authoriseUrgently("--authority", file("b.key").toString()))
        .isEqualTo(ErrorKind.UNUSABLE_INPUT.exitCode());
    assertThat(err.toString()).contains("two authorities sign it: it is not urgent");
    assertThat(file("urgent.json")).doesNotExist();
  }

  @Test
  void whatBeginsInADayIsNotUrgent() {
    String tomorrow = Instant.now().plus(Duration.ofHours(25)).toString();
    assertThat(authorise("--urgent", REASON, "--start", tomorrow))
        .isEqualTo(ErrorKind.UNUSABLE_INPUT.exitCode());
    assertThat(file("urgent.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"confirm, CONFIRMED, confirmed D-1", "refuse, REFUSED, refused D-1"})
  void anotherAuthorityRulesOnIt(String command, Word word, String shown) throws Exception {
    authoriseUrgently();
    assertThat(rule(command, "b.key")).as(err.toString()).isZero();
    assertThat(out.toString()).contains(shown).contains("urgent   " + REASON);
    List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
    assertThat(Ruling.check(Files.readAllBytes(file("ruling.json")), trusted))
        .isInstanceOfSatisfying(
            Check.Valid.class,
            valid -> {
              assertThat(valid.ruling().word()).isEqualTo(word);
              assertThat(valid.signers()).containsExactly(second.publicKey().fingerprint());
              assertThat(valid.ruling().authorisation()).isEqualTo(digestOfAuthorisation());
            });
  }

  private Sha256 digestOfAuthorisation() {
    try {
      return Sha256.of(Files.readAllBytes(file("urgent.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirm", "refuse"})
  void theAuthorityThatSignedItDoesNot(String command) {
    authoriseUrgently();
    assertThat(rule(command, "a.key")).isEqualTo(ErrorKind.UNUSABLE_INPUT.exitCode());
    assertThat(err.toString()).contains("this authority has signed it already");
    assertThat(file("ruling.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirm", "refuse"})
  void nobodyRulesOnOneThatIsNotUrgent(String command) {
    authorise("--start", "now");
    assertThat(rule(command, "b.key")).isEqualTo(ErrorKind.UNUSABLE_INPUT.exitCode());
    assertThat(err.toString()).contains("it is not urgent");
    assertThat(file("ruling.json")).doesNotExist();
  }
}
