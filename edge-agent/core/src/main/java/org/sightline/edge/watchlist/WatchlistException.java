package org.sightline.edge.watchlist;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A watchlist bundle that is refused, and why. */
public final class WatchlistException extends SightlineException {
  private static final long serialVersionUID = 1L;

  private final transient BundleRefusal refusal;

  WatchlistException(BundleRefusal refusal, Path bundle) {
    this(refusal, bundle, null);
  }

  public WatchlistException(BundleRefusal refusal, Path bundle, @Nullable Throwable cause) {
    super(refusal.kind(), refusal.line(), bundle.toString(), refusal.remedy(), cause);
    this.refusal = refusal;
  }

  public BundleRefusal refusal() {
    return refusal;
  }
}
