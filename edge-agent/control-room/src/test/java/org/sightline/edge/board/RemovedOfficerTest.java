package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.web.login.Login;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;

/** An officer who is removed while a request of theirs is looked at. */
class RemovedOfficerTest {
  private static final String OFFICER = "leaver-1";

  @TempDir private Path folder;
  private Officers officers;
  private Sessions sessions;

  @BeforeEach
  void open() throws Exception {
    officers = Officers.readOrNone(folder.resolve("users.json"));
    sessions = new Sessions(officers, new NoRecord(), Clock.systemUTC());
  }

  private Session loggedInAs(Role role) throws Exception {
    officers.put(OFFICER, RunningBoard.HASH, role);
    Login login = sessions.begin(OFFICER, RunningBoard.PASSWORD.toCharArray(), null);
    return ((Login.Begun) login).session();
  }

  @ParameterizedTest
  @EnumSource
  void theyHaveNoRole(Role role) throws Exception {
    Session session = loggedInAs(role);

    officers.remove(OFFICER);

    assertThat(sessions.role(session)).isEmpty();
  }

  @Test
  void untilThenTheyHaveTheirOwn() throws Exception {
    assertThat(sessions.role(loggedInAs(Role.AUDITOR))).hasValue(Role.AUDITOR);
  }
}
