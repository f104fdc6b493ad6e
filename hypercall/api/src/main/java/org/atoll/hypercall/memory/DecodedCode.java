package org.atoll.hypercall.memory;

/**
 * What an engine has derived from the instructions in one frame.
 *
 * <p>It hangs at the frame, so that every process that maps the frame shares it, and is dropped
 * when the kernel writes the frame or the frame is reused.
 */
public interface DecodedCode {}
