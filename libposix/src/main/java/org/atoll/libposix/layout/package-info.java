/**
 * Structures of the riscv64 Linux ABI as bytes. Pure: no messages, no guest memory.
 *
 * <p>Sizes and offsets are facts of Linux's headers ({@code include/uapi}, asm-generic and riscv).
 */
@NullMarked
package org.atoll.libposix.layout;

import org.jspecify.annotations.NullMarked;
