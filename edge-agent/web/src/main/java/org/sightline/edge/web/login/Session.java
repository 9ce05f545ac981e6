package org.sightline.edge.web.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Instant;

/** One officer's login, from the password to the logout. Thread-safe. */
public final class Session {
  private final String id;
  private final String csrf;
  private final String officer;
  private final PasswordHash password;
  private final Instant began;
  private Instant lastSeen;
  private int streams;
  private boolean locked;

  Session(String id, String csrf, String officer, PasswordHash password, Instant now) {
    this.id = id;
    this.csrf = csrf;
    this.officer = officer;
    this.password = password;
    this.began = now;
    this.lastSeen = now;
  }

  /** The value of its cookie, 256 random bits; a secret. */
  public String id() {
    return id;
  }

  /** What the page sends with everything that changes something. */
  public String csrf() {
    return csrf;
  }

  public String officer() {
    return officer;
  }

  /** Whether the page has sent the right token; takes as long whether it has or not. */
  public boolean isCsrf(String token) {
    return MessageDigest.isEqual(csrf.getBytes(UTF_8), token.getBytes(UTF_8));
  }

  PasswordHash password() {
    return password;
  }

  Instant began() {
    return began;
  }

  synchronized void seen(Instant now) {
    lastSeen = now;
  }

  synchronized void streamOpened() {
    streams++;
  }

  synchronized void streamClosed(Instant now) {
    streams--;
    lastSeen = now;
  }

  /** When it was last seen; an open stream is a page that somebody looks at. */
  synchronized Instant lastSeen(Instant now) {
    return streams > 0 ? now : lastSeen;
  }

  /** Nobody is at the desk: until the next login nothing is shown or done for this session. */
  public synchronized void lock() {
    locked = true;
  }

  public synchronized boolean isLocked() {
    return locked;
  }

  @Override
  public String toString() {
    return "Session[" + officer + "]";
  }
}
