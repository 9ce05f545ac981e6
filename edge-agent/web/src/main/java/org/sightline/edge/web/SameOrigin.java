package org.sightline.edge.web;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Whether it is our own page that asks a browser to change something. */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * Browsers say it in Sec-Fetch-Site; those that do not, in Origin. A form of ours sends the
   * origin "null", because our pages send no referrer. A request that says nothing comes from no
   * page.
   */
  static boolean holds(Request request, boolean secure) {
    HttpFields headers = request.getHeaders();
    @Nullable String site = headers.get("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    @Nullable String origin = headers.get(HttpHeader.ORIGIN);
    @Nullable String host = headers.get(HttpHeader.HOST);
    return origin != null
        && host != null
        && origin.equalsIgnoreCase((secure ? "https://" : "http://") + host);
  }
}
