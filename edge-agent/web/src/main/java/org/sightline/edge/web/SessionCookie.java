package org.sightline.edge.web;

import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Carries a session's id: no script reads it, no other site sends it. */
final class SessionCookie {
  private static final String NAME = "sightline-session";

  private final String name;
  private final boolean secure;

  /**
   * @param secure whether it goes over TLS, so that a browser can hold it to this host alone
   */
  SessionCookie(boolean secure) {
    this.secure = secure;
    this.name = secure ? "__Host-" + NAME : NAME;
  }

  /** The id that a request bears; null if it bears none. */
  @Nullable String read(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  void set(Response response, String id) {
    Response.putCookie(response, cookie(id).build());
  }

  void clear(Response response) {
    Response.putCookie(response, cookie("").maxAge(0).build());
  }

  private HttpCookie.Builder cookie(String value) {
    return HttpCookie.build(name, value)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(HttpCookie.SameSite.STRICT);
  }
}
