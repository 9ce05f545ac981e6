package org.sightline.edge.web;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** What every answer says to the browser, whatever it answers. */
final class SecurityHeaders {
  private static final String NOTHING_BUT_OURS =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
          + " require-trusted-types-for 'script'";

  private static final String NOTHING_OF_THE_DEVICE =
      "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(),"
          + " clipboard-read=(), clipboard-write=(), display-capture=(), fullscreen=(),"
          + " gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(),"
          + " screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()";

  private final List<HttpField> fields = new ArrayList<>();

  /**
   * @param secure whether it goes over TLS
   */
  SecurityHeaders(boolean secure) {
    add("Content-Security-Policy", NOTHING_BUT_OURS);
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Permissions-Policy", NOTHING_OF_THE_DEVICE);
    add("Cache-Control", "no-store");
    if (secure) {
      add("Strict-Transport-Security", "max-age=63072000");
    }
  }

  private void add(String name, String value) {
    fields.add(new HttpField(name, value));
  }

  void putInto(HttpFields.Mutable headers) {
    fields.forEach(headers::put);
  }
}
