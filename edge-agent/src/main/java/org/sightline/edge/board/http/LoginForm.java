package org.sightline.edge.board.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.login.Officers;
import org.sightline.edge.board.login.Patience;
import org.sightline.edge.board.login.Session;
import org.sightline.edge.board.login.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs officers in, and slows down whoever guesses. */
final class LoginForm {
  private static final Logger LOG = LoggerFactory.getLogger(LoginForm.class);

  /** The fragment is what shows the reason on a page without a script. */
  private static final String FAILED = "/login?failed#failed";

  private static final String WAIT = "/login?wait#wait";

  /** Hashing takes a processor for a moment: guessing must not take them all. */
  private static final int AT_ONCE = 2;

  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Patience withAddresses;
  private final Patience withOfficers;
  private final Semaphore hashing = new Semaphore(AT_ONCE);

  LoginForm(
      Sessions sessions, SessionCookie cookie, Patience withAddresses, Patience withOfficers) {
    this.sessions = sessions;
    this.cookie = cookie;
    this.withAddresses = withAddresses;
    this.withOfficers = withOfficers;
  }

  void submitted(Fields form, Answer answer) {
    @Nullable String officer = form.getValue("officer");
    @Nullable String password = form.getValue("password");
    if (officer == null
        || password == null
        || officer.length() > 64
        || password.length() > Officers.LONGEST_PASSWORD) {
      answer.seeOther(FAILED);
      return;
    }
    String address = network(Request.getRemoteAddr(answer.request()));
    if (withAddresses.hasToWait(address)
        || withOfficers.hasToWait(officer)
        || !hashing.tryAcquire()) {
      answer.seeOther(WAIT);
      return;
    }
    Optional<Session> session;
    char[] letters = password.toCharArray();
    try {
      session = sessions.begin(officer, letters);
    } finally {
      Arrays.fill(letters, '\0');
      hashing.release();
    }
    if (session.isEmpty()) {
      withAddresses.failed(address);
      withOfficers.failed(officer);
      // What stands in the field may be a password typed into the wrong one.
      LOG.warn(
          "A login {} failed, from {}",
          sessions.knows(officer) ? "as officer " + officer : "of somebody unknown",
          address);
      answer.seeOther(FAILED);
      return;
    }
    withAddresses.succeeded(address);
    withOfficers.succeeded(officer);
    sessions.find(cookie.read(answer.request())).ifPresent(sessions::end);
    cookie.set(answer.response(), session.get().id());
    LOG.info("Officer {} logged in, from {}", officer, address);
    answer.seeOther("/");
  }

  /** Whoever has one address of an IPv6 network has all of them. */
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      if (bytes.length == 16) {
        Arrays.fill(bytes, 8, 16, (byte) 0);
      }
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
