package org.atoll.image;

import java.util.List;

/**
 * The directories, links and files that every root has, where no package brings them. Users and
 * groups have the numbers that Debian's base-passwd gives them.
 */
final class Skeleton {
  private Skeleton() {}

  /** A directory. */
  record Folder(String path, int mode) {}

  /** A symlink. */
  record Link(String path, String target) {}

  /** A text file. */
  record Text(String path, int mode, String content) {}

  static List<Folder> folders() {
    return List.of(
        new Folder("boot", 0755),
        new Folder("dev", 0755),
        new Folder("etc", 0755),
        new Folder("home", 0755),
        new Folder("media", 0755),
        new Folder("mnt", 0755),
        new Folder("opt", 0755),
        new Folder("proc", 0555),
        new Folder("root", 0700),
        new Folder("run", 0755),
        new Folder("run/lock", 01777),
        new Folder("srv", 0755),
        new Folder("sys", 0555),
        new Folder("tmp", 01777),
        new Folder("usr/bin", 0755),
        new Folder("usr/lib", 0755),
        new Folder("usr/local/bin", 0755),
        new Folder("usr/local/lib", 0755),
        new Folder("usr/local/sbin", 0755),
        new Folder("usr/sbin", 0755),
        new Folder("usr/share", 0755),
        new Folder("var/cache", 0755),
        new Folder("var/lib", 0755),
        new Folder("var/log", 0755),
        new Folder("var/mail", 0755),
        new Folder("var/spool", 0755),
        new Folder("var/tmp", 01777));
  }

  static List<Link> links() {
    return List.of(
        new Link("etc/mtab", "../proc/self/mounts"),
        new Link("var/lock", "/run/lock"),
        new Link("var/run", "/run"));
  }

  static List<Text> texts() {
    return List.of(
        new Text("etc/group", 0644, GROUP),
        new Text("etc/hostname", 0644, "atoll\n"),
        new Text("etc/hosts", 0644, HOSTS),
        new Text("etc/nsswitch.conf", 0644, NSSWITCH),
        new Text("etc/os-release", 0644, OS_RELEASE),
        new Text("etc/passwd", 0644, PASSWD),
        new Text("etc/profile", 0644, PROFILE),
        new Text("etc/shells", 0644, "# Programs that serve as login shells.\n/bin/sh\n"));
  }

  private static final String PASSWD =
      """
      root:*:0:0:root:/root:/bin/sh
      daemon:*:1:1:daemon:/usr/sbin:/usr/sbin/nologin
      bin:*:2:2:bin:/bin:/usr/sbin/nologin
      sys:*:3:3:sys:/dev:/usr/sbin/nologin
      sync:*:4:65534:sync:/bin:/bin/sync
      games:*:5:60:games:/usr/games:/usr/sbin/nologin
      man:*:6:12:man:/var/cache/man:/usr/sbin/nologin
      mail:*:8:8:mail:/var/mail:/usr/sbin/nologin
      news:*:9:9:news:/var/spool/news:/usr/sbin/nologin
      www-data:*:33:33:www-data:/var/www:/usr/sbin/nologin
      backup:*:34:34:backup:/var/backups:/usr/sbin/nologin
      nobody:*:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
      """;

  private static final String GROUP =
      """
      root:*:0:
      daemon:*:1:
      bin:*:2:
      sys:*:3:
      adm:*:4:
      tty:*:5:
      disk:*:6:
      mail:*:8:
      news:*:9:
      man:*:12:
      kmem:*:15:
      dialout:*:20:
      sudo:*:27:
      audio:*:29:
      www-data:*:33:
      backup:*:34:
      operator:*:37:
      src:*:40:
      shadow:*:42:
      utmp:*:43:
      video:*:44:
      staff:*:50:
      games:*:60:
      users:*:100:
      nogroup:*:65534:
      """;

  private static final String HOSTS =
      """
      127.0.0.1 localhost atoll
      ::1 localhost ip6-localhost ip6-loopback
      """;

  private static final String NSSWITCH =
      """
      passwd: files
      group: files
      shadow: files
      hosts: files dns
      networks: files
      protocols: files
      services: files
      """;

  private static final String OS_RELEASE =
      """
      PRETTY_NAME="Atoll, with programs of Debian GNU/Linux 13 (trixie)"
      NAME="Atoll"
      ID=atoll
      ID_LIKE=debian
      VERSION_CODENAME=trixie
      """;

  private static final String PROFILE =
      """
      # Read by login shells.
      export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      PS1='\\u@\\h:\\w\\$ '
      umask 022
      """;
}
