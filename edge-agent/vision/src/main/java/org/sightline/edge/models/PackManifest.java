package org.sightline.edge.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.sightline.edge.models.ModelPack.PackFile;

/** What every {@code pack.json} says; its {@code kind} says what the networks are for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelPack.class, name = "recognition"),
  @JsonSubTypes.Type(value = AttackPack.class, name = "presentation-attack")
})
public sealed interface PackManifest permits ModelPack, AttackPack {
  /** The folder's name. */
  String name();

  /** One line for people. */
  String title();

  /** Counts from 1. */
  int version();

  /** SPDX expression over all files. */
  String licence();

  /** Whether our own tests measure this pack. */
  boolean verified();

  /** What has to be installed. */
  List<PackFile> files();
}
