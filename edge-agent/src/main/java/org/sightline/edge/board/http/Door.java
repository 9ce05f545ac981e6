package org.sightline.edge.board.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.sightline.edge.board.login.Session;
import org.sightline.edge.board.login.Sessions;

/** Every request comes in here: nothing but the login page is for whoever has no session. */
final class Door extends Handler.Abstract {
  private final boolean secure;
  private final SecurityHeaders headers;
  private final SessionCookie cookie;
  private final Sessions sessions;
  private final LoginForm login;
  private final List<Route> routes;

  /** What is done for a session with a request whose path fits. */
  interface Action {
    void run(Session session, Matcher path, Answer answer) throws Exception;
  }

  /** What there is under a path, for one method. */
  record Route(HttpMethod method, Pattern path, Action action) {}

  Door(
      boolean secure,
      SecurityHeaders headers,
      SessionCookie cookie,
      Sessions sessions,
      LoginForm login,
      List<Route> routes) {
    this.secure = secure;
    this.headers = headers;
    this.cookie = cookie;
    this.sessions = sessions;
    this.login = login;
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    headers.putInto(response.getHeaders());
    Answer answer = new Answer(request, response, callback);
    String path = request.getHttpURI().getCanonicalPath();
    boolean get = HttpMethod.GET.is(request.getMethod());
    boolean post = HttpMethod.POST.is(request.getMethod());
    if (!get && !post) {
      answer.wrongMethod("GET, POST");
    } else if (get && path.equals("/login")) {
      PageFiles.send("/login.html", answer);
    } else if (get && (path.equals("/login.css") || path.equals("/icon.svg"))) {
      PageFiles.send(path, answer);
    } else if (post && path.equals("/login")) {
      if (SameOrigin.holds(request, secure)) {
        Body.form(answer, form -> login.submitted(form, answer));
      } else {
        answer.empty(HttpStatus.FORBIDDEN_403);
      }
    } else {
      Optional<Session> session = sessions.find(cookie.read(request));
      if (session.isPresent()) {
        inside(session.get(), path, answer);
      } else if (get && request.getHeaders().contains(HttpHeader.ACCEPT, "text/html")) {
        answer.seeOther("/login");
      } else {
        answer.empty(HttpStatus.UNAUTHORIZED_401);
      }
    }
    return true;
  }

  private void inside(Session session, String path, Answer answer) throws Exception {
    String method = answer.request().getMethod();
    for (Route route : routes) {
      Matcher fits = route.path().matcher(path);
      if (!fits.matches()) {
        continue;
      }
      if (!route.method().is(method)) {
        answer.wrongMethod(route.method().asString());
      } else if (route.method() == HttpMethod.POST && !SameOrigin.holds(answer.request(), secure)) {
        answer.error(HttpStatus.FORBIDDEN_403, "csrf");
      } else {
        route.action().run(session, fits, answer);
      }
      return;
    }
    answer.empty(HttpStatus.NOT_FOUND_404);
  }
}
