package org.atoll.image;

import java.nio.file.Path;

/** An image in the store: where its tar is, and what it is made of. */
public record ImageInfo(Path tar, Manifest manifest) {}
