import java.util.List;
import org.atoll.posix.Spawn;
import org.atoll.posix.Spawn.FileActions;
import org.atoll.posix.SysWait;
import org.atoll.posix.Unistd;

/** What {@code ls / | sort -r | head -3} is in a shell: two pipes and three children. */
public final class Pipeline {

  private Pipeline() {}

  public static void main(String[] args) {
    int[] first = Unistd.pipe();
    int[] second = Unistd.pipe();
    List<Integer> children =
        List.of(
            start(List.of("ls", "/"), 0, first[1], first, second),
            start(List.of("sort", "-r"), first[0], second[1], first, second),
            start(List.of("head", "-3"), second[0], 1, first, second));
    for (int[] pipe : List.of(first, second)) {
      Unistd.close(pipe[0]);
      Unistd.close(pipe[1]);
    }
    int status = 0;
    for (int child : children) {
      status = SysWait.waitpid(child, 0).exitStatus();
    }
    System.exit(status);
  }

  private static int start(List<String> command, int input, int output, int[]... pipes) {
    FileActions actions = new FileActions().dup2(input, 0).dup2(output, 1);
    for (int[] pipe : pipes) {
      actions.close(pipe[0]).close(pipe[1]);
    }
    return Spawn.spawnp(command, actions);
  }
}
