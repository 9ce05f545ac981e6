package org.sightline.edge.domain;

/**
 * Pixels in memory. The buffers belong to the maker of the picture and may be reused afterwards: a
 * picture is borrowed for the length of a call and never kept. Buffers are direct, indexed from 0
 * absolutely (position and limit are not used), 8 bits a sample.
 */
public sealed interface Picture permits BgrPicture, I420Picture {
  int widthPx();

  int heightPx();
}
