package org.sightline.edge.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.web.login.Login;
import org.sightline.edge.web.login.LoginRecord;
import org.sightline.edge.web.login.LoginThrottle;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs officers in and out, and slows down guessing, by officer and address together. A room that
 * logs in at the same moment waits in a line. Thread-safe.
 */
final class LoginForm implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoginForm.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** The fragment is what shows the reason on a page without a script. */
  private static final String FAILED = "/login?failed#failed";

  private static final String WAIT = "/login?wait#wait";

  private static final String FULL = "/login?full#full";

  /** An address in figures: no name is looked up for anybody who asks. */
  private static final Pattern LITERAL = Pattern.compile("\\[?[0-9A-Fa-f:.%]{2,64}]?");

  /** Hashing takes a processor for a moment: guessing must not take them all. */
  private static final int AT_ONCE = 2;

  /** So many wait for their turn behind one address, as a room does at the change of a shift. */
  private static final int MOST_OF_AN_ADDRESS = 24;

  private final Sessions sessions;
  private final EventStreams streams;
  private final SessionCookie cookie;
  private final @Nullable InetAddress trustedProxy;
  private final LoginThrottle throttle;
  private final ExecutorService line =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "login");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, Integer> inLine = new HashMap<>();

  /**
   * @param trustedProxy whose word on the address of a browser is taken; null for nobody's
   */
  LoginForm(
      Sessions sessions,
      EventStreams streams,
      SessionCookie cookie,
      @Nullable InetAddress trustedProxy,
      Clock clock) {
    this.sessions = sessions;
    this.streams = streams;
    this.cookie = cookie;
    this.trustedProxy = trustedProxy;
    this.throttle = new LoginThrottle(clock);
  }

  /** Of whom a request is, if of anybody who is logged in. */
  Optional<Session> session(Exchange exchange) {
    return sessions.find(cookie.read(exchange.request()));
  }

  /** What the officer of a session is there for now; empty if they were removed meanwhile. */
  Optional<Role> role(Session session) {
    return sessions.role(session);
  }

  /** Responds when it is this login's turn. */
  void submitted(Fields form, Exchange exchange) {
    @Nullable String officer = form.getValue("officer");
    @Nullable String password = form.getValue("password");
    if (officer == null
        || password == null
        || officer.length() > 64
        || password.length() > Officers.LONGEST_PASSWORD) {
      refuse(exchange, FAILED);
      return;
    }
    String address = address(exchange.request());
    if (throttle.hasToWait(officer + " " + address) || !joinsTheLine(address)) {
      refuse(exchange, WAIT);
      return;
    }
    char[] letters = password.toCharArray();
    line.execute(
        () -> {
          try {
            decide(officer, letters, address, exchange);
          } catch (RuntimeException e) {
            exchange.callback().failed(e);
          } finally {
            Arrays.fill(letters, '\0');
            leavesTheLine(address);
          }
        });
  }

  private boolean joinsTheLine(String address) {
    synchronized (inLine) {
      int before = inLine.getOrDefault(address, 0);
      if (before >= MOST_OF_AN_ADDRESS) {
        return false;
      }
      inLine.put(address, before + 1);
      return true;
    }
  }

  private void leavesTheLine(String address) {
    synchronized (inLine) {
      inLine.computeIfPresent(address, (who, number) -> number > 1 ? number - 1 : null);
    }
  }

  private void decide(String officer, char[] password, String address, Exchange exchange) {
    String who = officer + " " + address;
    // Others of the same may have failed while this one stood in line.
    if (throttle.hasToWait(who)) {
      refuse(exchange, WAIT);
      return;
    }
    Login login = sessions.begin(officer, password, session(exchange).orElse(null));
    if (login instanceof Login.Begun begun) {
      throttle.succeeded(who);
      LOG.info("Officer {} logged in, from {}", officer, address);
      loggedIn(begun.session(), exchange);
    } else if (login instanceof Login.Full) {
      throttle.succeeded(who);
      LOG.warn(
          "Officer {} is not logged in, from {}: too many sessions are open", officer, address);
      refuse(exchange, FULL);
    } else {
      throttle.failed(who);
      // What is in the field may be a password typed into the wrong one.
      LOG.warn(
          "A login {} failed, from {}",
          sessions.knows(officer) ? "as officer " + officer : "of somebody unknown",
          address);
      refuse(exchange, FAILED);
    }
  }

  private void loggedIn(Session session, Exchange exchange) {
    cookie.set(exchange.response(), session.id());
    if (isOfAScript(exchange)) {
      exchange.json(
          HttpStatus.OK_200,
          JSON.createObjectNode()
              .put("csrf", session.csrf())
              .put("endsInMillis", Sessions.LONGEST.toMillis()));
    } else {
      exchange.seeOther("/");
    }
  }

  private static void refuse(Exchange exchange, String page) {
    if (isOfAScript(exchange)) {
      exchange.error(HttpStatus.FORBIDDEN_403, page.substring(page.indexOf('#') + 1));
    } else {
      exchange.seeOther(page);
    }
  }

  /** Whether it is the page itself that logs its officer in again. */
  private static boolean isOfAScript(Exchange exchange) {
    return exchange.request().getHeaders().contains(HttpHeader.ACCEPT, "application/json");
  }

  void logout(Session session, Fields form, Exchange exchange) {
    @Nullable String token = form.getValue("csrf");
    if (token == null || !session.isCsrf(token)) {
      exchange.empty(HttpStatus.FORBIDDEN_403);
      return;
    }
    sessions.end(session, LoginRecord.End.LOGOUT);
    streams.sweep();
    cookie.clear(exchange.response());
    LOG.info("Officer {} logged out", session.officer());
    exchange.seeOther("/login");
  }

  /** Where a browser is: what the trusted proxy says if the request comes from it. */
  private String address(Request request) {
    String peer = Request.getRemoteAddr(request);
    List<String> said = request.getHeaders().getValuesList("X-Forwarded-For");
    if (trustedProxy == null || said.isEmpty() || !trustedProxy.getHostAddress().equals(peer)) {
      return network(peer);
    }
    // What comes before was added by others than the proxy.
    String last = said.get(said.size() - 1);
    return network(last.substring(last.lastIndexOf(',') + 1).strip());
  }

  /** A host with one address of an IPv6 network has all of them. */
  private static String network(String address) {
    if (!LITERAL.matcher(address).matches()) {
      return "unknown";
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      if (bytes.length == 16) {
        Arrays.fill(bytes, 8, 16, (byte) 0);
      }
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    line.shutdownNow();
  }
}
