import java.util.Arrays;
import java.util.List;
import org.atoll.posix.*;

/** Calls of each header, and what they answer. */
void main() {
  files();
  directories();
  signals();
  children();
  memory();
  waiting();
  surroundings();
  Unistd.execvp("echo", List.of("echo", "the same process:", "" + (Unistd.getpid() > 1)));
}

void files() {
  int fd = Fcntl.open("/tmp/f", Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL, 0640);
  byte[] large = new byte[1 << 20];
  Arrays.fill(large, (byte) 'x');
  IO.println("wrote " + Unistd.write(fd, large) + " at " + Unistd.lseek(fd, 0, Unistd.SEEK_CUR));
  Unistd.pwrite(fd, "abc".getBytes(), 0, 3, 4096);
  byte[] four = new byte[4];
  IO.println("read " + Unistd.pread(fd, four, 0, 4, 4096) + " " + new String(four));
  Unistd.ftruncate(fd, 10);
  SysStat.Stat stat = SysStat.fstat(fd);
  IO.println(stat.size() + " " + Integer.toOctalString(stat.mode()) + " " + stat.links());
  Unistd.close(fd);
  failing(() -> Unistd.close(99));
  failing(() -> Fcntl.open("/nowhere", Fcntl.O_RDONLY));
  failing(() -> Fcntl.open("/tmp/f", Fcntl.O_CREAT | Fcntl.O_EXCL, 0));
}

void directories() {
  SysStat.mkdir("/tmp/d", 0755);
  Unistd.chdir("/tmp/d");
  Unistd.symlink("../f", "s");
  Unistd.link("/tmp/f", "hard");
  IO.println(Unistd.getcwd() + " " + Unistd.readlink("s") + " " + SysStat.stat("s").links());
  IO.println(Dirent.list(".").stream().map(Dirent.Entry::name).sorted().toList());
  failing(() -> Unistd.rmdir("/tmp/d"));
  Unistd.unlink("s");
  Unistd.unlink("hard");
  Unistd.chdir("/");
  Unistd.rmdir("/tmp/d");
}

void signals() {
  Signal.signal(Signal.SIGUSR1, s -> IO.println("handler of " + s));
  Signal.sigprocmask(Signal.SIG_BLOCK, Signal.bit(Signal.SIGUSR1));
  Signal.raise(Signal.SIGUSR1);
  IO.println("pending " + (Signal.sigpending() == Signal.bit(Signal.SIGUSR1)));
  Signal.sigsuspend(0);
  Signal.signal(Signal.SIGUSR1, Signal.SIG_IGN);
  Signal.sigprocmask(Signal.SIG_SETMASK, 0);
  Signal.raise(Signal.SIGUSR1);
  Signal.sigaction(Signal.SIGALRM, s -> { throw new IllegalStateException("alarm"); }, 0, 0);
  Unistd.alarm(1);
  try {
    while (true) {}
  } catch (IllegalStateException thrown) {
    IO.println("thrown out of a loop: " + thrown.getMessage());
  }
  failing(() -> Signal.kill(99999, 0));
}

void children() {
  int[] pipe = Unistd.pipe();
  var actions = new Spawn.FileActions().dup2(pipe[1], 1).close(pipe[0]).close(pipe[1]).close(99);
  int child = Spawn.spawnp(List.of("sh", "-c", "echo from a child; exit 3"), actions);
  Unistd.close(pipe[1]);
  byte[] text = new byte[100];
  IO.print(new String(text, 0, Unistd.read(pipe[0], text)));
  Unistd.close(pipe[0]);
  IO.println("exit status " + SysWait.waitpid(child, 0).exitStatus());
  int killed = Spawn.spawnp("sleep", "1000");
  IO.println("nothing yet: " + SysWait.waitpid(killed, SysWait.WNOHANG).pid());
  Signal.kill(killed, Signal.SIGTERM);
  IO.println("signal " + SysWait.waitForAny().termSignal());
  failing(SysWait::waitForAny);
  failing(() -> Spawn.spawnp("/nothing"));
  failing(() -> Spawn.spawnp(List.of("true"), new Spawn.FileActions().dup2(77, 0)));
}

void memory() {
  int anonymous = SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS;
  int both = SysMman.PROT_READ | SysMman.PROT_WRITE;
  try (SysMman.Mapping mapping = SysMman.mmap(10_000, both, anonymous, -1, 0)) {
    mapping.putLong(8190, 42);
    IO.println("memory " + mapping.getLong(8190) + " " + mapping.getLong(0));
    try {
      mapping.getLong(9_999);
    } catch (IndexOutOfBoundsException e) {
      IO.println("beyond its end");
    }
  }
}

void waiting() {
  int[] pipe = Unistd.pipe();
  Poll.Pollfd read = new Poll.Pollfd(pipe[0], Poll.POLLIN);
  IO.println("ready " + Poll.poll(0, read) + " " + read.revents);
  Unistd.write(pipe[1], "x");
  IO.println("ready " + Poll.poll(-1, read) + " " + read.revents);
  Fcntl.fcntl(pipe[1], Fcntl.F_SETFL, Fcntl.O_NONBLOCK);
  failing(() -> {
    while (true) Unistd.write(pipe[1], new byte[4096]);
  });
}

void surroundings() {
  failing(() -> Termios.tcgetattr(0));
  IO.println(Unistd.isatty(0) + " " + Unistd.getuid() + " " + Unistd.gethostname());
  IO.println(System.getenv("HOME") + " " + System.getProperty("user.dir") + " " + Atoll.node());
  IO.println(Unistd.nice(3) + " " + (Time.time() > 1_700_000_000L));
}

void failing(Runnable call) {
  try {
    call.run();
  } catch (PosixException e) {
    IO.println(e.getMessage());
  }
}
