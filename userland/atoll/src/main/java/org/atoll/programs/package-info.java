/**
 * Guest programs of the base image, written in RV64I assembly: one file each, assembled when an
 * image is booted, so that the tree holds no binaries.
 */
@NullMarked
package org.atoll.programs;

import org.jspecify.annotations.NullMarked;
