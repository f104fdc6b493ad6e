/**
 * POSIX for programs: the riscv64 Linux ABI, where an {@code ecall} becomes messages.
 *
 * <p>{@link org.atoll.libposix.PosixProgram} is what runs beside the virtual CPU in a process's
 * task. {@link org.atoll.libposix.SystemCalls} is the table; one class per theme holds the calls.
 * Start reading at {@link org.atoll.libposix.Call}.
 */
@NullMarked
package org.atoll.libposix;

import org.jspecify.annotations.NullMarked;
