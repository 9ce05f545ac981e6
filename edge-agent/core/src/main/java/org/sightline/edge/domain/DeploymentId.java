package org.sightline.edge.domain;

/**
 * Name of one deployment: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, starting with a letter or digit.
 */
public record DeploymentId(String value) {
  public DeploymentId {
    Names.requireReference("deployment", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
