package org.atoll.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.atoll.image.debian.Alternative;
import org.atoll.image.root.Attributes;
import org.atoll.image.root.RootTree;

/**
 * What a root has beside its packages' files: the merged {@code /usr}, the generic names that
 * maintainer scripts would have made, busybox's applets, and the skeleton of {@code /etc} and of
 * the places that programs expect. Packages go first: nothing here replaces a file of theirs.
 */
final class RootLayout {
  private static final String ORIGIN = "atoll";
  private static final String BUSYBOX = "usr/bin/busybox";

  /** The applets that are found in {@code /sbin} (busybox's own install places). */
  private static final String SBIN =
      """
      acpid adjtimex arp arping blockdev brctl chroot crond depmod devmem fdisk
      findfs freeramdisk fsck fsfreeze fstrim getty halt httpd hwclock i2cdetect
      i2cdump i2cget i2cset i2ctransfer ifconfig ifdown ifup init insmod ip klogd
      loadfont loadkmap logread losetup lsmod mdev mim mkdosfs mke2fs mkfs.ext2
      mkfs.minix mkfs.vfat mkswap modinfo modprobe nameif nbd-client nologin
      partprobe pivot_root poweroff rdate reboot rmmod route run-init setconsole
      start-stop-daemon sulogin swapoff swapon switch_root sysctl syslogd tc telnetd
      tunctl ubiattach ubirename udhcpc udhcpd uevent vconfig watchdog
      """;

  private final RootTree tree;
  private final long mtimeSeconds;

  /** A layout over a tree that has its packages' files; ours are as old as the newest of them. */
  RootLayout(RootTree tree) {
    this.tree = tree;
    this.mtimeSeconds = tree.newestSeconds();
  }

  /** Makes {@code /bin}, {@code /sbin} and {@code /lib} names of what is in {@code /usr}. */
  static void mergeUsr(RootTree tree) throws IOException {
    for (String name : List.of("bin", "lib", "sbin")) {
      tree.symlink(name, Attributes.ofRoot(0777, 0, ORIGIN), "usr/" + name);
    }
  }

  /** Makes the best alternative of each name; one whose program is missing is left out. */
  void alternatives(List<Alternative> all) throws IOException {
    List<Alternative> sorted = new ArrayList<>(all);
    sorted.sort(Alternative.BEST_FIRST);
    Set<String> done = new HashSet<>();
    for (Alternative one : sorted) {
      String link = one.link().substring(1);
      if (tree.has(one.path().substring(1)) && !tree.has(link) && done.add(one.name())) {
        symlink("etc/alternatives/" + one.name(), one.path());
        symlink(link, "/etc/alternatives/" + one.name());
      }
    }
  }

  /** Links every applet's name that is free to busybox, when it is there. */
  void applets() throws IOException {
    byte[] busybox = tree.content(BUSYBOX);
    if (busybox == null) {
      return;
    }
    Set<String> system = Set.copyOf(List.of(SBIN.split("\\s+", -1)));
    for (String applet : AppletTable.find(busybox)) {
      // linuxrc is for an initial RAM disk, in the root itself.
      if (!applet.equals("linuxrc") && isFree(applet)) {
        boolean inSbin = system.contains(applet);
        symlink(
            (inSbin ? "usr/sbin/" : "usr/bin/") + applet, inSbin ? "../bin/busybox" : "busybox");
      }
    }
  }

  /** Adds the directories and files that no package has brought. */
  void skeleton() throws IOException {
    for (Skeleton.Folder folder : Skeleton.folders()) {
      if (!tree.has(folder.path())) {
        tree.directory(folder.path(), Attributes.ofRoot(folder.mode(), mtimeSeconds, ORIGIN));
      }
    }
    for (Skeleton.Link link : Skeleton.links()) {
      if (!tree.has(link.path())) {
        symlink(link.path(), link.target());
      }
    }
    for (Skeleton.Text text : Skeleton.texts()) {
      if (!tree.has(text.path())) {
        byte[] content = text.content().getBytes(StandardCharsets.UTF_8);
        tree.file(text.path(), Attributes.ofRoot(text.mode(), mtimeSeconds, ORIGIN), content);
      }
    }
    tree.settle(Attributes.ofRoot(0755, mtimeSeconds, ORIGIN));
  }

  private boolean isFree(String applet) throws IOException {
    return !tree.has("usr/bin/" + applet) && !tree.has("usr/sbin/" + applet);
  }

  private void symlink(String path, String target) throws IOException {
    tree.symlink(path, Attributes.ofRoot(0777, mtimeSeconds, ORIGIN), target);
  }
}
