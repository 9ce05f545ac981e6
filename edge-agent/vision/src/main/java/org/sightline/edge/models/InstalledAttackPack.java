package org.sightline.edge.models;

import java.nio.file.Path;

/**
 * A pack against presentation attacks whose files were found with the right bytes when it was
 * opened.
 *
 * @param folder that holds the files
 */
public record InstalledAttackPack(AttackPack manifest, Path folder) {}
