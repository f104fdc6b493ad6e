package org.atoll.image.root;

/** The kinds of file that an image can hold; devices are none of them, they come from devfs. */
public enum EntryType {
  FILE,
  DIRECTORY,
  SYMLINK,
  HARD_LINK,
  FIFO
}
