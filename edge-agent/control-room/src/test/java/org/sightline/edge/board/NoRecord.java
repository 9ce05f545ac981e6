package org.sightline.edge.board;

import org.sightline.edge.web.login.LoginRecord;
import org.sightline.edge.web.login.Role;

/** Keeps no record of logins. */
final class NoRecord implements LoginRecord {
  @Override
  public void loggedIn(String officer, Role role) {}

  @Override
  public void ended(String officer, End end) {}

  @Override
  public void failed(String officer) {}

  @Override
  public void failed() {}

  @Override
  public void refused(String officer) {}
}
