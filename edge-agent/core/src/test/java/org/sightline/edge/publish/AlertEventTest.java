package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sightline.edge.domain.Alert.Match.LARGEST_MORE_VIEW_BYTES;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SampleCategories;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AlertEventTest {
  private final Alert alert = Alerts.about("S-0001");
  private final byte[] encoded = Alerts.event(alert);
  private final JsonNode event = new JsonMapper().readTree(encoded);

  @Test
  void anAlertFulfilsItsSchema() {
    assertThat(Schema.ALERT.errorsIn(encoded)).isEmpty();
  }

  @Test
  void anAlertWithoutAPortraitFulfilsItToo() {
    byte[] withoutPortrait = Alerts.event(Alerts.withoutPortrait("S-0001"));

    assertThat(Schema.ALERT.errorsIn(withoutPortrait)).isEmpty();
  }

  @Test
  void anAlertThatMayShowAPictureOfAFaceSaysSoAndStaysAPossibleMatch() throws PublishException {
    PresentationCheck check = new PresentationCheck(0.04, 0.1, "minifasnet");
    byte[] checked = Alerts.event(SampleAlert.about("S-0001").presentationCheck(check).build());

    JsonNode data = new JsonMapper().readTree(checked).required("data");
    assertThat(Schema.ALERT.errorsIn(checked)).isEmpty();
    assertThat(data.required("presentationAttack").required("suspected").booleanValue()).isTrue();
    assertThat(data.required("statement").stringValue()).isEqualTo("possible match");
    assertThat(ReceivedAlert.parse(checked).presentationCheck()).isEqualTo(check);
  }

  @Test
  void anAlertThatNothingLookedAtForPicturesOfFacesDoesNotSpeakOfThem() throws PublishException {
    assertThat(event.path("data").has("presentationAttack")).isFalse();
    assertThat(ReceivedAlert.parse(encoded).presentationCheck()).isNull();
  }

  @Test
  void aHintThatContradictsItsScoreIsRefused() {
    PresentationCheck check = new PresentationCheck(0.04, 0.1, "minifasnet");
    String turned =
        new String(
                Alerts.event(SampleAlert.about("S-0001").presentationCheck(check).build()),
                StandardCharsets.UTF_8)
            .replace("\"suspected\":true", "\"suspected\":false");

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> ReceivedAlert.parse(turned.getBytes(StandardCharsets.UTF_8)));
  }

  private static Alert withFigure() {
    return SampleAlert.about("S-0001")
        .whereabouts(new Whereabouts(new Jpeg(new byte[] {3}), Walking.AWAY))
        .build();
  }

  @Test
  void byWhatSomebodyIsFoundFulfilsTheSchemaAndIsReadBack() throws Exception {
    byte[] clear = Alerts.event(withFigure());

    assertThat(Schema.ALERT.errorsIn(clear)).isEmpty();
    assertThat(ReceivedAlert.parse(clear).match()).isEqualTo(withFigure().match());
  }

  @Test
  void byWhatSomebodyIsFoundIsSealedWithThePictures() throws Exception {
    ControlRoomKeys keys = ControlRoomKeys.generate();
    byte[] sealed = Alerts.event(withFigure(), keys.identity());
    String jwe =
        new JsonMapper().readTree(sealed).required("data").required("sealed").stringValue();

    assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("figure", "walking");
    assertThat(Schema.ALERT.errorsIn(sealed)).isEmpty();
    assertThat(Schema.MATCH.errorsIn(keys.open(jwe))).isEmpty();
    assertThat(ReceivedAlert.parse(sealed).opened(keys).taken().orElseThrow().match())
        .isEqualTo(withFigure().match());
  }

  @Test
  void anAlertWithoutPicturesHasNoFigureEither() throws Exception {
    assertThat(
            ReceivedAlert.parse(Alerts.event(withFigure()))
                .withoutPictures()
                .match()
                .whereabouts()
                .figure()
                .bytes())
        .isEmpty();
  }

  private static final FaceView STREET =
      new FaceView(new PointPx(20.5f, 30), new PointPx(60, 28), 0.012);

  private static Alert withViews() {
    return SampleAlert.about("S-0001")
        .probe(new FacePicture(new Jpeg(new byte[] {1}), STREET))
        .portrait(
            new FacePicture(
                new Jpeg(new byte[] {2}), new FaceView(new PointPx(0, 0), new PointPx(9, 9), 1)))
        .build();
  }

  @Test
  void anAlertThatSaysHowItsFacesStandFulfilsItsSchemaAndIsReadBack() throws Exception {
    byte[] clear = Alerts.event(withViews());

    assertThat(Schema.ALERT.errorsIn(clear)).isEmpty();
    assertThat(ReceivedAlert.parse(clear).match()).isEqualTo(withViews().match());
  }

  @Test
  void howTheFacesStandIsSealedWithTheirPictures() throws Exception {
    ControlRoomKeys keys = ControlRoomKeys.generate();
    byte[] sealed = Alerts.event(withViews(), keys.identity());
    String jwe =
        new JsonMapper().readTree(sealed).required("data").required("sealed").stringValue();

    assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain("Eye");
    assertThat(Schema.MATCH.errorsIn(keys.open(jwe))).isEmpty();
    assertThat(ReceivedAlert.parse(sealed).opened(keys).taken().orElseThrow().match())
        .isEqualTo(withViews().match());
  }

  private static Alert withMoreViews(int... sizes) {
    return SampleAlert.about("S-0001")
        .moreViews(
            IntStream.of(sizes)
                .mapToObj(size -> new FacePicture(new Jpeg(new byte[size]), STREET))
                .toArray(FacePicture[]::new))
        .build();
  }

  @Test
  void moreViewsFulfilTheSchemaAndAreReadBack() throws Exception {
    Alert largest = withMoreViews(5, LARGEST_MORE_VIEW_BYTES);
    byte[] clear = Alerts.event(largest);

    assertThat(Schema.ALERT.errorsIn(clear)).isEmpty();
    assertThat(ReceivedAlert.parse(clear).match()).isEqualTo(largest.match());
  }

  @Test
  void moreViewsAreSealedWithTheOtherPictures() throws Exception {
    ControlRoomKeys room = ControlRoomKeys.generate();
    byte[] event = Alerts.event(withMoreViews(5), room.identity());
    String jwe = new JsonMapper().readTree(event).required("data").required("sealed").stringValue();

    assertThat(new String(event, StandardCharsets.UTF_8)).doesNotContain("moreViews");
    assertThat(Schema.MATCH.errorsIn(room.open(jwe))).isEmpty();
    assertThat(ReceivedAlert.parse(event).opened(room).taken().orElseThrow().match())
        .isEqualTo(withMoreViews(5).match());
  }

  @Test
  void noPictureOfAViewIsLeftInAnAlertWithoutPictures() throws Exception {
    Match match = ReceivedAlert.parse(Alerts.event(withMoreViews(5, 6))).withoutPictures().match();
    byte[] facts = AlertEvent.inClear(Alerts.event(withMoreViews(5, 6)), match);

    assertThat(ReceivedAlert.parse(facts).match().moreViews())
        .hasSize(2)
        .allSatisfy(view -> assertThat(view.jpeg().bytes()).isEmpty());
  }

  @Test
  void moreViewsThanTheContractHasCostNoAlertAndNoGoodView() throws Exception {
    String view = "{\"mediaType\":\"image/jpeg\",\"base64\":\"AAAA\"}";
    String tooLarge = view.replace("AAAA", "A".repeat((LARGEST_MORE_VIEW_BYTES / 3 + 1) * 4));
    Map<String, Integer> views =
        Map.of(
            "[]",
            0,
            "{}",
            0,
            "\"AAAA\"",
            0,
            "[{},\"AAAA\"," + view + "]",
            1,
            "[" + tooLarge + "," + view + "]",
            1,
            "[" + view + "," + view + "," + view + "]",
            2);
    for (Map.Entry<String, Integer> sent : views.entrySet()) {
      byte[] more =
          new String(encoded, StandardCharsets.UTF_8)
              .replace("\"portrait\":", "\"moreViews\":" + sent.getKey() + ",\"portrait\":")
              .getBytes(StandardCharsets.UTF_8);

      assertThat(Schema.ALERT.errorsIn(more)).isNotEmpty();
      assertThat(ReceivedAlert.parse(more).match().moreViews()).hasSize(sent.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sharpness\":1.5",
        "\"sharpness\":-0.1",
        "\"sharpness\":\"much\"",
        "\"nothing\":0",
      })
  void aViewThatIsNoneIsRefused(String sharpness) {
    String broken =
        new String(Alerts.event(withViews()), StandardCharsets.UTF_8)
            .replace("\"sharpness\":0.012", sharpness);

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> ReceivedAlert.parse(broken.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theSchemaRefusesAnythingMore() {
    String more =
        new String(encoded, StandardCharsets.UTF_8)
            .replace("\"van\":", "\"track\":\"17\",\"van\":");

    assertThat(Schema.ALERT.errorsIn(more.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
  }

  @Test
  void theSchemaRefusesAnAlertThatTheAuditLogDoesNotRecord() {
    assertThat(
            Schema.ALERT.errorsIn(
                AlertEvent.published(
                        AlertEvent.encode(
                            alert, AuditHead.START, AlertTerms.DEFAULT, DeploymentClass.EXERCISE),
                        Instant.now(),
                        Recipients.AS_AUTHORISED)
                    .orElseThrow()))
        .isNotEmpty();
  }

  @Test
  void itIsACloudEventOfItsVan() {
    assertThat(event.path("specversion").stringValue()).isEqualTo("1.0");
    assertThat(event.path("id").stringValue()).isEqualTo(alert.id().toString());
    assertThat(event.path("source").stringValue()).isEqualTo("urn:sightline:van:van-1");
    assertThat(event.path("type").stringValue()).isEqualTo("org.sightline.alert.v1");
  }

  @Test
  void itSaysWhatASimilarityMeans() {
    assertThat(event.path("data").path("similarityScale").toString())
        .isEqualTo("{\"measure\":\"cosine\",\"from\":-1,\"to\":1}");
  }

  @Test
  void itHoldsNothingThatFollowsAPerson() {
    Set<String> names = new TreeSet<>(event.path("data").propertyNames());

    assertThat(names)
        .isNotEmpty()
        .noneMatch(name -> name.matches("(?i).*(track|pass|box|template|person).*"));
  }

  @Test
  void aReceiverReadsBackWhatWasSent() throws PublishException {
    ReceivedAlert received = ReceivedAlert.parse(encoded);

    assertThat(received.id()).isEqualTo(alert.id());
    assertThat(received.match().subject()).isEqualTo(alert.match().subject());
    assertThat(received.comparison().similarity()).isEqualTo(alert.comparison().similarity());
    assertThat(received.times().decided()).isEqualTo(alert.times().decided());
    assertThat(received.auditHead()).isEqualTo(Alerts.HEAD);
    assertThat(received.match().probe()).isEqualTo(alert.match().probe());
    assertThat(received.match().portrait()).isEqualTo(alert.match().portrait());
  }

  @Test
  void aReceiverReadsAnAlertWithoutAPortrait() throws PublishException {
    byte[] withoutPortrait = Alerts.event(Alerts.withoutPortrait("S-0001"));

    assertThat(ReceivedAlert.parse(withoutPortrait).match().portrait()).isNull();
  }

  @Test
  void aMessageThatIsNoAlertIsRefused() {
    for (String message :
        new String[] {
          "", "[]", "not json", "{\"type\":\"org.sightline.alert.v1\"}", "{\"type\":\"other\"}"
        }) {
      assertThatExceptionOfType(PublishException.class)
          .isThrownBy(() -> ReceivedAlert.parse(message.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void everyTruncationOfAnAlertIsRefused() {
    for (int length = 0; length < encoded.length; length++) {
      byte[] truncated = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(PublishException.class)
          .isThrownBy(() -> ReceivedAlert.parse(truncated));
    }
  }

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final byte[] sealed = Alerts.event(alert, keys.identity());

  @Test
  void aSealedAlertFulfilsTheSchemaAndSoDoesItsContent() throws Exception {
    String content =
        new JsonMapper().readTree(sealed).required("data").required("sealed").stringValue();

    assertThat(Schema.ALERT.errorsIn(sealed)).isEmpty();
    assertThat(Schema.MATCH.errorsIn(keys.open(content))).isEmpty();
  }

  @Test
  void aSealedAlertShowsNothingAboutTheSubject() {
    JsonNode data = new JsonMapper().readTree(sealed).required("data");

    assertThat(data.propertyNames()).doesNotContain("subject", "category", "probe", "portrait");
    assertThat(new String(sealed, StandardCharsets.UTF_8))
        .doesNotContain(alert.match().subject().value(), alert.match().category());
  }

  @Test
  void theSchemaRefusesAnAlertThatIsSealedAndShownToo() {
    ObjectNode both = (ObjectNode) new JsonMapper().readTree(sealed);
    ((ObjectNode) both.required("data")).put("subject", "S-0001");

    assertThat(Schema.ALERT.errorsIn(both)).isNotEmpty();
  }

  @Test
  void theControlRoomReadsWhatWasSealedForIt() throws Exception {
    ReceivedAlert received = ReceivedAlert.parse(sealed);
    assertThat(received.match()).isNull();

    assertThat(received.opened(keys).taken().orElseThrow().match()).isEqualTo(alert.match());
  }

  @Test
  void anotherControlRoomDoesNot() throws Exception {
    ReceivedAlert received = ReceivedAlert.parse(sealed);

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> received.opened(ControlRoomKeys.generate()));
  }

  @Test
  void whatWasSealedForOneAlertIsNotTakenForAnother() throws Exception {
    ReceivedAlert moved =
        ReceivedAlert.parse(
            new String(sealed, StandardCharsets.UTF_8)
                .replace(alert.id().toString(), UUID.randomUUID().toString())
                .getBytes(StandardCharsets.UTF_8));

    assertThat(moved.opened(keys).refusal()).hasValue(MessageFault.SWAPPED);
  }

  private JsonNode dataPublished(Duration afterCapture) {
    byte[] waiting =
        AlertEvent.encode(alert, Alerts.HEAD, AlertTerms.DEFAULT, DeploymentClass.EXERCISE);
    return new JsonMapper()
        .readTree(
            AlertEvent.published(
                    waiting, alert.times().captured().plus(afterCapture), Recipients.AS_AUTHORISED)
                .orElseThrow())
        .required("data");
  }

  @Test
  void anAlertIsStaleFromTheAuthorisedAgeOn() {
    Duration age = AlertTerms.DEFAULT_STALE_AFTER;

    assertThat(dataPublished(age.minusNanos(1)).required("stale").booleanValue()).isFalse();
    assertThat(dataPublished(age).required("stale").booleanValue()).isTrue();
  }

  @Test
  void anAlertThatIsPublishedAgainDiffersInNothingButWhenAndWhetherItIsStale() {
    ObjectNode first = (ObjectNode) dataPublished(Duration.ofSeconds(1));
    ObjectNode second = (ObjectNode) dataPublished(Duration.ofHours(1));
    assertThat(first).isNotEqualTo(second);

    List<String> own = List.of("publishedAt", "stale");
    assertThat(first.remove(own)).isEqualTo(second.remove(own));
  }

  private byte[] waitingSealed() {
    return AlertEvent.encode(
        alert, Alerts.HEAD, AlertTerms.DEFAULT.sealedFor(keys.identity()), DeploymentClass.LIVE);
  }

  @Test
  void itIsSealedAsItGoesOutForTheRoomThatHoldsThen() throws Exception {
    ControlRoomKeys successor = ControlRoomKeys.generate();
    byte[] out =
        AlertEvent.published(
                waitingSealed(),
                Instant.now(),
                authorised ->
                    Optional.of(successor.identity())
                        .filter(each -> authorised.equals(keys.identity())))
            .orElseThrow();

    assertThat(Schema.ALERT.errorsIn(out)).isEmpty();
    assertThat(ReceivedAlert.parse(out).opened(successor).taken().orElseThrow().match())
        .isEqualTo(alert.match());
  }

  @Test
  void itDoesNotGoOutWhereNoRoomMayHaveIt() {
    assertThat(AlertEvent.published(waitingSealed(), Instant.now(), room -> Optional.empty()))
        .isEmpty();
  }

  @Test
  void oneInClearGoesOutWhateverBecameOfControlRooms() {
    byte[] waiting =
        AlertEvent.encode(alert, Alerts.HEAD, AlertTerms.DEFAULT, DeploymentClass.EXERCISE);
    assertThat(AlertEvent.published(waiting, Instant.now(), room -> Optional.empty())).isPresent();
  }

  @Test
  void oneThatAnEarlierVersionHasSealedGoesOutAsItWasUnlessItsKeyIsGone() throws Exception {
    byte[] sealedBefore = Alerts.event(alert, keys.identity());

    byte[] out =
        AlertEvent.published(sealedBefore, Instant.now(), Recipients.AS_AUTHORISED).orElseThrow();
    assertThat(ReceivedAlert.parse(out).opened(keys).taken()).isPresent();
    assertThat(AlertEvent.published(sealedBefore, Instant.now(), without(keys.identity())))
        .isEmpty();
  }

  private static Recipients without(ControlRoomIdentity gone) {
    return new Recipients() {
      @Override
      public Optional<ControlRoomIdentity> of(ControlRoomIdentity authorised) {
        return Optional.of(authorised);
      }

      @Override
      public boolean mayHave(String keyId) {
        return !keyId.equals(gone.keyId());
      }
    };
  }

  @Test
  void itSaysWhatTheSimilarityIsWorthAtTheLengthOfTheList() throws Exception {
    assertThat(ReceivedAlert.parse(encoded).comparison().strength())
        .isEqualTo(alert.comparison().strength());
  }

  private static Alert urgent() {
    return SampleAlert.about("S-0001").response(SampleCategories.RED).build();
  }

  @Test
  void whatOfficersAreToDoFulfilsItsSchemaAndIsReadBack() throws Exception {
    byte[] clear = Alerts.event(urgent());

    assertThat(Schema.ALERT.errorsIn(clear)).isEmpty();
    assertThat(ReceivedAlert.parse(clear).match().response()).isEqualTo(SampleCategories.RED);
  }

  @Test
  void whatOfficersAreToDoIsSealedWithTheCategory() throws Exception {
    byte[] event = Alerts.event(urgent(), keys.identity());
    String jwe = new JsonMapper().readTree(event).required("data").required("sealed").stringValue();

    assertThat(new String(event, StandardCharsets.UTF_8)).doesNotContain("instruction");
    assertThat(Schema.MATCH.errorsIn(keys.open(jwe))).isEmpty();
    assertThat(ReceivedAlert.parse(event).opened(keys).taken().orElseThrow().match().response())
        .isEqualTo(SampleCategories.RED);
  }

  /** A control room that does not know of categories keeps the rule too. */
  @Test
  void aCategoryThatNeedsTwoOfficersHasTheEventDemandThem() throws Exception {
    ReceivedAlert one =
        ReceivedAlert.parse(
            Alerts.event(
                SampleAlert.about("S-0001").response(SampleCategories.AMBER).build(),
                keys.identity()));
    ReceivedAlert two = ReceivedAlert.parse(Alerts.event(urgent(), keys.identity()));

    assertThat(one.twoOfficers()).isFalse();
    assertThat(two.twoOfficers()).isTrue();
  }

  @Test
  void aResponseThatIsNoneIsRefused() {
    String good = new String(Alerts.event(urgent()), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"urgency\":1", "\"urgency\":0"},
          {"\"colour\":\"red\"", "\"colour\":\"pink\""},
          {"\"sound\":\"urgent\"", "\"sound\":\"siren\""},
          {"two-officers\"}", "three-officers\"}"},
        }) {
      String bad = good.replace(change[0], change[1]);
      assertThat(bad).isNotEqualTo(good);
      assertThat(Schema.ALERT.errorsIn(bad.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
      assertThatExceptionOfType(PublishException.class)
          .isThrownBy(() -> ReceivedAlert.parse(bad.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
