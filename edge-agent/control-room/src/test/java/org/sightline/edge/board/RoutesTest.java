package org.sightline.edge.board;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.web.login.Role;

/**
 * Who has business at which route: a route without a row, and a row without a route, is a fault.
 */
class RoutesTest {
  private static final Pattern SPACES = Pattern.compile(" +");

  /** Route, and the roles that it is for. */
  private static final String TABLE =
      """
      GET /api/session                    officer supervisor
      GET /api/events                     officer supervisor
      POST /api/lock                      officer supervisor
      GET /api/alerts/{id}/probe          officer supervisor
      GET /api/alerts/{id}/portrait       officer supervisor
      GET /api/alerts/{id}/figure         officer supervisor
      GET /api/alerts/{id}/view-{view}    officer supervisor
      POST /api/alerts/{id}/outcome       officer supervisor
      POST /api/desk                      officer supervisor
      POST /api/alerts/{id}/seen          officer supervisor
      POST /api/attention                 officer supervisor
      GET /api/officers                   officer supervisor
      POST /api/alerts/{id}/claim         officer supervisor
      POST /api/alerts/{id}/release       officer supervisor
      POST /api/alerts/{id}/hand-over     officer supervisor
      GET /api/shift                      officer supervisor
      POST /api/vans/{van}/log            officer supervisor
      POST /api/refused                   officer supervisor
      POST /api/test                      officer supervisor
      POST /api/alerts/{id}/engagement    officer supervisor
      GET /api/alerts/{id}/statements     officer supervisor
      GET /api/hand-over                  officer supervisor
      POST /api/hand-over/written         officer supervisor
      GET /api/hand-over/sheet.json       officer supervisor
      POST /api/hand-over/taken           officer supervisor
      GET /api/engagements.csv            supervisor auditor
      GET /api/street                     street
      POST /api/street/{id}/take          street
      POST /api/street/{id}/release       street
      POST /api/street/{id}/stopped       street
      GET /api/street/{id}/probe          street
      GET /api/street/{id}/portrait       street
      POST /api/street/{id}/engagement    street
      POST /api/street/lock               street
      GET /api/log/records/{before}       auditor
      POST /api/log/verify                auditor
      GET /api/log/board-log.csv          auditor
      GET /api/log/board-log.jsonl        auditor
      GET /api/figures                    auditor
      """;

  private static RunningBoard room;
  private static final Map<Role, Officer> OFFICERS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    for (Role role : Role.values()) {
      OFFICERS.put(role, room.officer("a-" + word(role), role));
    }
  }

  @AfterAll
  static void close() throws Exception {
    room.close();
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String row) {
    return SPACES.splitAsStream(row).toList();
  }

  private static Map<String, Set<Role>> table() {
    Map<String, Set<Role>> table = new TreeMap<>();
    for (String row : TABLE.lines().toList()) {
      List<String> words = words(row);
      Set<Role> roles = EnumSet.noneOf(Role.class);
      for (int i = 2; i < words.size(); i++) {
        roles.add(Role.valueOf(words.get(i).toUpperCase(Locale.ROOT)));
      }
      table.put(words.get(0) + " " + words.get(1), roles);
    }
    return table;
  }

  @Test
  void eachRouteIsForTheRolesOfItsRowAndEachHasOne() {
    Map<String, Set<Role>> routes =
        room.board().routes().stream()
            .collect(
                toMap(
                    route ->
                        route
                            .toString()
                            .replaceAll("\\(\\?<(\\w+)>[^)]*\\)", "{$1}")
                            .replace("\\.", "."),
                    route ->
                        route.roles().stream()
                            .collect(toCollection(() -> EnumSet.noneOf(Role.class))),
                    (one, other) -> {
                      throw new AssertionError("a route twice");
                    },
                    TreeMap::new));

    assertThat(routes).isEqualTo(table());
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoHasNoBusinessAtARouteIsRefused(Role role) throws Exception {
    Officer officer = OFFICERS.get(role);
    for (Map.Entry<String, Set<Role>> row : table().entrySet()) {
      if (row.getValue().contains(role)) {
        continue;
      }
      List<String> words =
          words(
              row.getKey()
                  .replace("{id}", UUID.randomUUID().toString())
                  .replace("{van}", "van-1")
                  .replace("{view}", "2")
                  .replace("{before}", "newest"));
      HttpResponse<byte[]> answer =
          officer.send(officer.to(words.get(1)).method(words.get(0), BodyPublishers.noBody()));

      assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(403);
      assertThat(Officer.json(answer).path("error").asString()).as(row.getKey()).isEqualTo("role");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OFFICER, /, / /hand-over",
    "SUPERVISOR, /, / /hand-over",
    "STREET, /street, /street",
    "AUDITOR, /log, /log",
  })
  void eachRoleHasItsPagesAndIsSentToItsFirstFromAnyOther(Role role, String first, String own)
      throws Exception {
    for (String path : Set.of("/", "/hand-over", "/street", "/log")) {
      HttpResponse<byte[]> answer = OFFICERS.get(role).get(path);

      if (Set.of(own.split(" ")).contains(path)) {
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
      } else {
        assertThat(answer.headers().firstValue("Location")).as(path).hasValue(first);
      }
    }
  }
}
