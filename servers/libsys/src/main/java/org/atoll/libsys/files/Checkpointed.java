package org.atoll.libsys.files;

/**
 * A tree that goes on after a failure with what it {@link FileTree#save saved} last: its state is
 * kept in the data store whenever a request has changed it. The state may have 60 KiB; while it is
 * larger, nothing is kept.
 */
public interface Checkpointed {}
