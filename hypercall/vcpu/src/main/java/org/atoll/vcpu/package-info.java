/**
 * The virtual CPU: RV64GC user mode, interpreted.
 *
 * <p>Reading order: {@code InstructionTable} (what there is), {@code Decoder} and {@code
 * Compressed} (how it becomes a {@code Packed} long), {@code Interpreter} (how that is executed),
 * then the units by theme. Chapters refer to the RISC-V unprivileged specification, version
 * 20240411.
 */
@NullMarked
package org.atoll.vcpu;

import org.jspecify.annotations.NullMarked;
