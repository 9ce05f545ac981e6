package org.sightline.edge.cli;

import org.sightline.edge.domain.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"sightline " + Version.current()};
  }
}
