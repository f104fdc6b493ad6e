package org.atoll.kernel;

import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The explicit grants of one task. Owner: any CPU, under this object's monitor, so that a copy is
 * over before its grant is taken back.
 */
final class Grants {

  /** One grant: who may do what with which bytes. */
  private record Grant(
      int grantee, @Nullable AddressSpace space, int frame, long base, long bytes, int rights) {}

  private final Frames frames;
  private final Map<Integer, Grant> grants = new TreeMap<>();
  private int last;

  Grants(Frames frames) {
    this.frames = frames;
  }

  /** How many there are. */
  synchronized int count() {
    return grants.size();
  }

  /** Grants part of a frame, which is retained until the grant is taken back. */
  synchronized int grantFrame(int grantee, int frame, int offset, int bytes, int rights) {
    if (frame < 0 || frame >= frames.count() || frames.references(frame) == 0) {
      return -Errno.EFAULT;
    }
    if (offset < 0 || bytes < 0 || offset > Frames.FRAME_BYTES - bytes || wrong(rights)) {
      return -Errno.EINVAL;
    }
    if (grants.size() == Limits.GRANTS_PER_TASK_MAX) {
      return -Errno.ENOBUFS;
    }
    frames.retain(frame);
    return add(new Grant(grantee, null, frame, offset, bytes, rights));
  }

  /** Grants part of a space. Its pages must be present. */
  synchronized int grantMemory(
      int grantee, AddressSpace space, long address, long bytes, int rights) {
    if (address < 0 || bytes < 0 || wrong(rights)) {
      return -Errno.EINVAL;
    }
    if ((rights & KernelCalls.GRANT_READ) != 0 && space.readable(address, bytes) < bytes
        || (rights & KernelCalls.GRANT_WRITE) != 0 && space.writable(address, bytes) < bytes) {
      return -Errno.EFAULT;
    }
    if (grants.size() == Limits.GRANTS_PER_TASK_MAX) {
      return -Errno.ENOBUFS;
    }
    return add(new Grant(grantee, space, -1, address, bytes, rights));
  }

  private static boolean wrong(int rights) {
    return rights == 0 || (rights & ~(KernelCalls.GRANT_READ | KernelCalls.GRANT_WRITE)) != 0;
  }

  private int add(Grant grant) {
    do {
      last = last == Integer.MAX_VALUE ? 1 : last + 1;
    } while (grants.containsKey(last));
    grants.put(last, grant);
    return last;
  }

  /** Takes a grant back. */
  synchronized int revoke(int id) {
    Grant grant = grants.remove(id);
    if (grant == null) {
      return -Errno.EINVAL;
    }
    if (grant.space == null) {
      frames.release(grant.frame);
    }
    return 0;
  }

  /** Takes all grants back. */
  synchronized void revokeAll() {
    for (Integer id : grants.keySet().toArray(new Integer[0])) {
      revoke(id);
    }
  }

  /** Copies out of a grant. */
  synchronized int copyFrom(
      int grantee, int id, long offset, byte[] target, int targetOffset, int bytes) {
    Grant grant = grants.get(id);
    int refusal = refusal(grant, grantee, KernelCalls.GRANT_READ, offset, bytes);
    if (refusal < 0 || grant == null) {
      return refusal;
    }
    if (targetOffset < 0 || targetOffset > target.length - bytes) {
      return -Errno.EINVAL;
    }
    AddressSpace space = grant.space;
    if (space == null) {
      frames.read(grant.frame, (int) (grant.base + offset), target, targetOffset, bytes);
      return bytes;
    }
    return whole(space.read(grant.base + offset, target, targetOffset, bytes), bytes);
  }

  /** Copies into a grant. */
  synchronized int copyTo(
      int grantee, int id, long offset, byte[] source, int sourceOffset, int bytes) {
    Grant grant = grants.get(id);
    int refusal = refusal(grant, grantee, KernelCalls.GRANT_WRITE, offset, bytes);
    if (refusal < 0 || grant == null) {
      return refusal;
    }
    if (sourceOffset < 0 || sourceOffset > source.length - bytes) {
      return -Errno.EINVAL;
    }
    AddressSpace space = grant.space;
    if (space == null) {
      frames.write(grant.frame, (int) (grant.base + offset), source, sourceOffset, bytes);
      return bytes;
    }
    return whole(space.write(grant.base + offset, source, sourceOffset, bytes), bytes);
  }

  private static int refusal(
      @Nullable Grant grant, int grantee, int right, long offset, int bytes) {
    if (grant == null || grant.grantee != grantee || (grant.rights & right) == 0) {
      return -Errno.EPERM;
    }
    return offset < 0 || bytes < 0 || offset > grant.bytes - bytes ? -Errno.EFAULT : 0;
  }

  private static int whole(int done, int bytes) {
    return done == bytes ? bytes : -Errno.EFAULT;
  }
}
