package org.sightline.edge.crypto;

/**
 * Whoever signs a document. What only checks signatures needs none, and has no class that holds an
 * authority's private key.
 */
public interface Signatory {
  /** The key that signs. */
  SigningKey signingKey();
}
