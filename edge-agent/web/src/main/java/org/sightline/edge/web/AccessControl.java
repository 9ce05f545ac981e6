package org.sightline.edge.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;

/** Every request comes in here: nothing but the login page is served without a session. */
final class AccessControl extends Handler.Abstract {
  private static final List<Page> PAGES =
      List.of(
          new Page("/", "/index.html", Role.DESK),
          new Page("/hand-over", "/hand-over.html", Role.DESK),
          new Page("/street", "/street.html", Set.of(Role.STREET)),
          new Page("/log", "/log.html", Set.of(Role.AUDITOR)));

  /** A page and whose it is; a role's first is where it lands after the login. */
  private record Page(String path, String file, Set<Role> roles) {}

  private final boolean secure;
  private final SecurityHeaders headers;
  private final Doorkeeper doorkeeper;
  private final LoginForm login;
  private final PageFiles files;
  private final List<Route> routes;

  AccessControl(
      boolean secure,
      SecurityHeaders headers,
      Doorkeeper doorkeeper,
      LoginForm login,
      PageFiles files,
      List<Route> routes) {
    this.secure = secure;
    this.headers = headers;
    this.doorkeeper = doorkeeper;
    this.login = login;
    this.files = files;
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    headers.putInto(response.getHeaders());
    doorkeeper.served(request);
    Exchange exchange = new Exchange(request, response, callback);
    String path = request.getHttpURI().getCanonicalPath();
    boolean get = HttpMethod.GET.is(request.getMethod());
    boolean post = HttpMethod.POST.is(request.getMethod());
    if (!get && !post) {
      exchange.wrongMethod("GET, POST");
    } else if (get && path.equals("/login")) {
      files.send("/login.html", exchange);
    } else if (get && (path.equals("/login.css") || path.equals("/icon.svg"))) {
      files.send(path, exchange);
    } else if (post && path.equals("/login")) {
      if (SameOrigin.holds(request, secure)) {
        Body.form(exchange, form -> login.submitted(form, exchange));
      } else {
        exchange.empty(HttpStatus.FORBIDDEN_403);
      }
    } else {
      Optional<Session> session = login.session(exchange);
      if (session.isPresent()) {
        doorkeeper.known(request);
        loggedIn(session.get(), path, exchange);
      } else if (get && request.getHeaders().contains(HttpHeader.ACCEPT, "text/html")) {
        exchange.seeOther("/login");
      } else {
        exchange.empty(HttpStatus.UNAUTHORIZED_401);
      }
    }
    return true;
  }

  private void loggedIn(Session session, String path, Exchange exchange) throws Exception {
    String method = exchange.request().getMethod();
    if (path.equals("/logout")) {
      if (!HttpMethod.POST.is(method)) {
        exchange.wrongMethod(HttpMethod.POST.asString());
      } else if (!SameOrigin.holds(exchange.request(), secure)) {
        exchange.error(HttpStatus.FORBIDDEN_403, "csrf");
      } else {
        Body.form(exchange, form -> login.logout(session, form, exchange));
      }
      return;
    }
    Optional<Role> known = login.role(session);
    if (known.isEmpty()) {
      exchange.empty(HttpStatus.UNAUTHORIZED_401);
      return;
    }
    Role role = known.get();
    Optional<Page> page = PAGES.stream().filter(each -> each.path().equals(path)).findFirst();
    if (page.isPresent() || PageFiles.PATH.matcher(path).matches()) {
      if (!HttpMethod.GET.is(method)) {
        exchange.wrongMethod(HttpMethod.GET.asString());
      } else if (page.isPresent()) {
        page(role, page.get(), exchange);
      } else {
        files.send(path, exchange);
      }
      return;
    }
    for (Route route : routes) {
      Matcher fits = route.path().matcher(path);
      if (!fits.matches()) {
        continue;
      }
      if (!route.isThereFor(role)) {
        exchange.error(HttpStatus.FORBIDDEN_403, "role");
      } else if (!route.method().is(method)) {
        exchange.wrongMethod(route.method().asString());
      } else if (route.method() == HttpMethod.POST && !isOfOurPage(session, exchange)) {
        exchange.error(HttpStatus.FORBIDDEN_403, "csrf");
      } else if (!route.isThereFor(session)) {
        exchange.error(HttpStatus.LOCKED_423, "locked");
      } else {
        route.action().run(session, fits, exchange);
      }
      return;
    }
    exchange.notFound();
  }

  /** Each role has pages of its own. */
  private void page(Role role, Page page, Exchange exchange) throws IOException {
    if (page.roles().contains(role)) {
      files.send(page.file(), exchange);
    } else {
      PAGES.stream()
          .filter(each -> each.roles().contains(role))
          .findFirst()
          .ifPresent(own -> exchange.seeOther(own.path()));
    }
  }

  private boolean isOfOurPage(Session session, Exchange exchange) {
    return SameOrigin.holds(exchange.request(), secure)
        && exchange.header("X-CSRF-Token").filter(session::isCsrf).isPresent();
  }
}
