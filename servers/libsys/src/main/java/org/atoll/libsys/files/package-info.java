/**
 * File systems of one's own, after MINIX's libvtreefs: a {@link org.atoll.libsys.files.FileTree}
 * says what is in its folders and files, and {@link org.atoll.libsys.files.FileServer} makes a
 * server of it that can be mounted.
 */
@NullMarked
package org.atoll.libsys.files;

import org.jspecify.annotations.NullMarked;
