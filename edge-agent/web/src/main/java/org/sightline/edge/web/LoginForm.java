package org.sightline.edge.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.web.login.LoginThrottle;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs officers in and out, and slows down guessing. */
final class LoginForm {
  private static final Logger LOG = LoggerFactory.getLogger(LoginForm.class);

  /** The fragment is what shows the reason on a page without a script. */
  private static final String FAILED = "/login?failed#failed";

  private static final String WAIT = "/login?wait#wait";

  /** Hashing takes a processor for a moment: guessing must not take them all. */
  private static final int AT_ONCE = 2;

  private final Sessions sessions;
  private final EventStreams streams;
  private final SessionCookie cookie;
  private final LoginThrottle withAddresses;
  private final LoginThrottle withOfficers;
  private final Semaphore hashing = new Semaphore(AT_ONCE);

  LoginForm(Sessions sessions, EventStreams streams, SessionCookie cookie, Clock clock) {
    this.sessions = sessions;
    this.streams = streams;
    this.cookie = cookie;
    this.withAddresses = new LoginThrottle(clock);
    this.withOfficers = new LoginThrottle(clock);
  }

  /** Of whom a request is, if of anybody who is logged in. */
  Optional<Session> session(Exchange exchange) {
    return sessions.find(cookie.read(exchange.request()));
  }

  void submitted(Fields form, Exchange exchange) {
    @Nullable String officer = form.getValue("officer");
    @Nullable String password = form.getValue("password");
    if (officer == null
        || password == null
        || officer.length() > 64
        || password.length() > Officers.LONGEST_PASSWORD) {
      exchange.seeOther(FAILED);
      return;
    }
    String address = network(Request.getRemoteAddr(exchange.request()));
    if (withAddresses.hasToWait(address)
        || withOfficers.hasToWait(officer)
        || !hashing.tryAcquire()) {
      exchange.seeOther(WAIT);
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
      // What is in the field may be a password typed into the wrong one.
      LOG.warn(
          "A login {} failed, from {}",
          sessions.knows(officer) ? "as officer " + officer : "of somebody unknown",
          address);
      exchange.seeOther(FAILED);
      return;
    }
    withAddresses.succeeded(address);
    withOfficers.succeeded(officer);
    session(exchange).ifPresent(sessions::end);
    cookie.set(exchange.response(), session.get().id());
    LOG.info("Officer {} logged in, from {}", officer, address);
    exchange.seeOther("/");
  }

  void logout(Session session, Fields form, Exchange exchange) {
    @Nullable String token = form.getValue("csrf");
    if (token == null || !session.isCsrf(token)) {
      exchange.empty(HttpStatus.FORBIDDEN_403);
      return;
    }
    sessions.end(session);
    streams.sweep();
    cookie.clear(exchange.response());
    LOG.info("Officer {} logged out", session.officer());
    exchange.seeOther("/login");
  }

  /** A host with one address of an IPv6 network has all of them. */
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
