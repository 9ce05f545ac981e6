package org.sightline.edge.crypto;

/**
 * A signer of documents. What only checks signatures needs none, and has no class that holds an
 * authority's private key.
 */
public interface Signatory {
  /** The key that signs. */
  SigningKey signingKey();
}
