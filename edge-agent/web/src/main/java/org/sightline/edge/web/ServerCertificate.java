package org.sightline.edge.web;

import java.nio.file.Path;

/**
 * What a server shows itself by, PEM.
 *
 * @param certificateFile its own and those in between
 * @param keyFile PKCS#8
 */
public record ServerCertificate(Path certificateFile, Path keyFile) {}
