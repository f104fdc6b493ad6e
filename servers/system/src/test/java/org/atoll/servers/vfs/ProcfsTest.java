package org.atoll.servers.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.protocol.VfsProtocol.Call;
import org.junit.jupiter.api.Test;

/**
 * /proc with VFS and tmpfs around it; each server is replaced by what it saved before each turn.
 */
final class ProcfsTest {

  private static final int RDWR = 2;
  private static final int CREAT = 0100;

  private final TestPm.World world = new TestPm.World();
  private final TestVos vos = new TestVos().withProc(world);
  private final TestVos.Guest p = process(vos.init(), 0);

  private TestVos.Guest process(TestVos.Guest guest, int uid) {
    world.users.put(guest.endpoint, uid);
    return guest;
  }

  private String self() {
    return "/proc/" + p.endpoint;
  }

  @Test
  void selfIsTheDirectoryOfWhoAsks() {
    assertEquals(String.valueOf(p.endpoint), p.readlink("/proc/self"));
    assertEquals("prog\n", p.get("/proc/self/comm"));
    assertEquals("prog\0of\0" + p.endpoint + "\0", p.get("/proc/self/cmdline"));
    assertTrue(p.get("/proc/self/stat").startsWith(p.endpoint + " (prog) R 1 "));
    assertEquals(0, p.chdir("/proc/self/fd"));
    assertEquals(self() + "/fd", p.cwd());
  }

  @Test
  void theRootListsProcessesAndNamesOnceEach() {
    TestVos.Guest child = process(p.fork(), 0);
    String names = " " + p.list("/proc") + " ";
    for (String name :
        new String[] {"self", "uptime", "sys", "" + p.endpoint, "" + child.endpoint}) {
      assertEquals(2, names.split(" " + name + " ", -1).length, name + " in" + names);
    }
    world.users.remove(child.endpoint);
    assertEquals("E2", p.get("/proc/" + child.endpoint + "/comm"));
    assertEquals(-2, p.open("/proc/0" + p.endpoint, 0));
  }

  @Test
  void aDescriptorLeadsToTheFileEvenWhenItsNameIsGone() {
    long fd = p.open("/f", RDWR | CREAT);
    p.write(fd, "text");
    String link = self() + "/fd/" + fd;
    assertEquals("/f", p.readlink(link));
    assertEquals(0, p.rename("/f", "/g", 0));
    assertEquals("/g", p.readlink(link));
    assertEquals(0, p.unlink("/g"));
    assertEquals("/g (deleted)", p.readlink(link));
    assertEquals("text", p.get(link));
    assertEquals(0120700, p.lstat(link).mode());
    assertEquals(0, p.close(fd));
    assertEquals("E2", p.readlink(link));
    assertEquals("E2", p.get(link));
  }

  @Test
  void aPipeIsOpenedAgainAndEndsWhenAllItsWritersAre() {
    TestMachine.Asked pipe = p.begin(Call.PIPE, new byte[0], 0, 0);
    long reading = pipe.word(0);
    long writing = pipe.word(1);
    assertTrue(p.readlink(self() + "/fd/" + reading).startsWith("pipe:["));
    long again = p.open("/proc/self/fd/" + writing, 1);
    p.close(writing);
    p.write(again, "through");
    assertEquals("through", p.get("/proc/self/fd/" + reading));
    TestMachine.Asked waiting = p.beginRead(reading, 10);
    p.close(again);
    assertEquals(0, waiting.word(0));
    assertEquals("E20", p.get("/proc/self/fd/" + reading + "/x"));
  }

  @Test
  void anothersFilesAreNotForAPlainUser() {
    TestVos.Guest other = process(p.fork(), 1000);
    other.become(1000, 1000);
    assertEquals("prog\n", other.get(self() + "/comm"));
    assertEquals("E13", other.readlink(self() + "/cwd"));
    assertEquals("E13", other.get(self() + "/cwd/f"));
    assertEquals(-13, other.open(self() + "/fd", 0));
    assertEquals("/", other.readlink("/proc/self/cwd"));
    assertEquals("/", p.readlink("/proc/" + other.endpoint + "/root"));
  }

  @Test
  void theProgramIsTheOneThatExecNamed() {
    assertEquals("E2", p.readlink("/proc/self/exe"));
    p.put("/prog", "code");
    p.call(Call.CHMOD, "/prog", 0, TestVos.AT_FDCWD, 0755, 0);
    long program = p.call(Call.OPEN_EXEC, "/prog", 0, TestVos.AT_FDCWD, 0);
    assertEquals(0, vos.ask(Call.EXEC, p.endpoint, -1, -1, program).word(0));
    assertEquals("/prog", p.readlink("/proc/self/exe"));
    TestVos.Guest child = process(p.fork(), 0);
    p.unlink("/prog");
    assertEquals("/prog (deleted)", child.readlink("/proc/self/exe"));
    assertEquals("code", child.get("/proc/self/exe"));
    assertTrue(child.call(Call.OPEN_EXEC, "/proc/self/exe", 0, TestVos.AT_FDCWD, 0) > 0);
  }

  @Test
  void mountsAndSizesAreToldOnceAndReadOnAtOffsets() {
    assertEquals("tmpfs / tmpfs rw 0 0\nproc /proc proc rw 0 0\n", p.get("/proc/mounts"));
    long fd = p.open("/proc/sys/kernel/ostype", 0);
    assertEquals("Lin", p.read(fd, 3));
    assertEquals("ux\n", p.read(fd, 9));
    assertEquals("", p.read(fd, 9));
    assertEquals("E5", text(p.write(p.open("/proc/uptime", 1), "x")));
    assertEquals(-2, p.mkdir("/proc/d"));
    assertEquals(-1, p.unlink("/proc/uptime"));
  }

  private static String text(long result) {
    return result < 0 ? "E" + -result : String.valueOf(result);
  }
}
