package org.atoll.servers.rs;

import org.atoll.abi.protocol.ExecImage;

/**
 * What RS waits for, and what it starts then.
 *
 * @param nodes how many nodes have to be members
 * @param boots how many boot tasks report {@code UP}
 * @param command the program that the VOS lives for
 */
public record BootPlan(int nodes, int boots, ExecImage command) {}
