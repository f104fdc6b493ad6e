/**
 * Executable files: what an ELF file says, checked; the first stack of a program. Pure: no
 * messages, no guest memory.
 */
@NullMarked
package org.atoll.libposix.elf;

import org.jspecify.annotations.NullMarked;
