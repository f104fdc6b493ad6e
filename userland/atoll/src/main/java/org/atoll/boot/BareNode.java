package org.atoll.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.control.Desk;
import org.atoll.drivers.console.ConsoleDriver;
import org.atoll.drivers.control.Commands;
import org.atoll.drivers.control.ControlDriver;
import org.atoll.drivers.hostfs.HostfsDriver;
import org.atoll.drivers.net.NetDriver;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Network;
import org.atoll.hypercall.SharedFolder;
import org.atoll.hypercall.Streams;
import org.atoll.kernel.Images;
import org.atoll.kernel.Node;
import org.atoll.kernel.Privileges;
import org.atoll.libsys.ServerLoop;
import org.atoll.loader.OwnService;
import org.atoll.loader.TurnLimit;
import org.atoll.loader.TurnWatch;
import org.atoll.servers.ds.DsServer;
import org.atoll.servers.is.IsServer;
import org.atoll.servers.net.NetServer;
import org.atoll.servers.pm.PmServer;
import org.atoll.servers.procfs.ProcfsServer;
import org.atoll.servers.rs.BootPlan;
import org.atoll.servers.rs.BootPlan.BootMount;
import org.atoll.servers.rs.BootPlan.BootService;
import org.atoll.servers.rs.BootPlan.Policy;
import org.atoll.servers.rs.RsServer;
import org.atoll.servers.sched.SchedServer;
import org.atoll.servers.tmpfs.Beginning;
import org.atoll.servers.tmpfs.TmpfsServer;
import org.atoll.servers.tty.TtyServer;
import org.atoll.servers.vfs.VfsServer;
import org.atoll.servers.vm.VmServer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that runs nothing yet, and the boot list: what starts on a node, in which order, and
 * with which rights.
 */
final class BareNode implements Desk.Store {

  /** Boot tasks that report to RS: the image loader. */
  private static final int BOOTS = 1;

  /** May call servers and kernels, and nothing else. */
  private static final Privileges BOOT =
      new Privileges(Privileges.Sends.ALL, Privileges.mask(Set.of()), 0, 0);

  /** A service of one's own: messages to all but kernels, time and chance. */
  private static final Privileges OWN =
      new Privileges(
          Privileges.Sends.TASKS,
          0,
          Privileges.TIME | Privileges.RANDOM | Privileges.GRANTS | Privileges.FRAMES,
          Privileges.PROCESS.hypercalls());

  /** The scheduler: messages to PM and kernels, and the time for what its policy wants with it. */
  private static final Privileges SCHEDULER =
      new Privileges(
          Privileges.Sends.ALL,
          0,
          Privileges.TIME | Privileges.RANDOM,
          Privileges.PROCESS.hypercalls());

  /** Device number that stat(2) shows for files of the root file system. */
  private static final long ROOT_DEVICE = 1;

  /** Device number that stat(2) shows for files of the file system of processes. */
  private static final long PROC_DEVICE = 2;

  /** Device number that stat(2) shows for the names of terminals. */
  private static final long TTY_DEVICE = 3;

  /** Device number that stat(2) shows for files about processors and nodes. */
  private static final long SYSFS_DEVICE = 4;

  private static final long DEVICES_DEVICE = 5;

  private static final long SHARED_MEMORY_DEVICE = 6;

  /** Device number of the first shared folder; the others follow. */
  private static final long FIRST_SHARE_DEVICE = 64;

  private static final int DEVICES_SHARE_PERCENT = 25;
  private static final int SHARED_MEMORY_SHARE_PERCENT = 50;

  /** How much of its node's memory the root file system may take. */
  private static final int ROOT_SHARE_PERCENT = 75;

  private final Node node;
  private final Hypercalls gate;
  private final List<Service> services = new ArrayList<>();
  private final List<BootService> known = new ArrayList<>();
  private @Nullable Commands commands;
  private @Nullable Network network;
  private Consumer<TurnLimit> watch = limit -> {};

  BareNode(Node node, Hypercalls gate) {
    this.node = node;
    this.gate = gate;
  }

  /** The kernel. */
  Node node() {
    return node;
  }

  /** What was started here. */
  List<Service> services() {
    return services;
  }

  /**
   * Node 0: the servers that are one per VOS, and this node's VM.
   *
   * @param folders of the host, one for each share of the VOS
   */
  void startServers(
      VosSpec spec, Streams streams, List<BootFile> files, List<SharedFolder> folders) {
    Caller driver = new Caller("console", Privileges.DRIVER.hypercalls());
    int console = start("console", () -> new ConsoleDriver(gate, driver), Privileges.DRIVER);
    known("console", console, Policy.RESTARTS);
    streams.channel(node.channel(console));
    node.role(Role.CONSOLE, console);
    serve(
        Role.ROOT_FS,
        "tmpfs",
        () -> new ServerLoop(() -> new TmpfsServer(ROOT_DEVICE, ROOT_SHARE_PERCENT)));
    serve(
        Role.PROC_FS,
        "procfs",
        Policy.RESTARTS,
        () -> new ServerLoop(() -> new ProcfsServer(PROC_DEVICE, SYSFS_DEVICE)));
    serve(
        Role.TTY,
        "tty",
        Policy.KEEPS_ITS_STATE,
        () -> new ServerLoop(() -> new TtyServer(TTY_DEVICE)));
    List<BootMount> mounts = fileSystems();
    for (int i = 0; i < folders.size(); i++) {
      mounts.add(share(spec.shares().get(i), folders.get(i), i));
    }
    serve(Role.VFS, "vfs", () -> new ServerLoop(VfsServer::new));
    serve(Role.VM, "vm", VmServer::create);
    serveScheduler(spec.own());
    serve(Role.PM, "pm", () -> PmServer.create(spec.processesMax()));
    serve(Role.NET, "net", Policy.RESTARTS, () -> new ServerLoop(NetServer::new));
    startNetDriver();
    serve(Role.DS, "ds", Policy.RESTARTS, () -> new ServerLoop(DsServer::new));
    serve(Role.IS, "is", Policy.RESTARTS, () -> new ServerLoop(IsServer::new));
    startControl();
    spec.own().services().stream()
        .filter(own -> !own.name().equals(OwnService.SCHEDULER))
        .forEach(this::startOwn);
    addMounts(spec.own(), mounts);
    BootPlan plan =
        new BootPlan(spec.nodes(), BOOTS, spec.program(), List.copyOf(known), List.copyOf(mounts));
    serve(Role.RS, "rs", () -> RsServer.create(plan));
    int loader = boot("image", () -> new ImageLoader(files));
    node.channel(node.role(Role.RS)).raise();
    node.channel(loader).raise();
  }

  /** The scheduler, with the policy that a person gives, or with the system's. */
  private void serveScheduler(OwnServices own) {
    Supplier<Handler> maker =
        own.services().stream()
            .filter(service -> service.name().equals(OwnService.SCHEDULER))
            .map(OwnService::maker)
            .findFirst()
            .orElse(SchedServer::create);
    int endpoint = start(OwnService.SCHEDULER, maker, SCHEDULER);
    node.role(Role.SCHED, endpoint);
    known(OwnService.SCHEDULER, endpoint, Policy.RESTARTS);
  }

  private void startOwn(OwnService own) {
    if (known.stream().anyMatch(service -> service.name().equals(own.name()))) {
      throw new IllegalArgumentException("there is a service " + own.name() + " already");
    }
    known(own.name(), start(own.name(), image(own)), Policy.RESTARTS);
  }

  private Images.Image image(OwnService own) {
    watch.accept(own.limit());
    return new Images.Image(own.maker(), OWN, own.protocol());
  }

  @Override
  public boolean add(OwnService service) {
    return node.images().add(service.name(), image(service));
  }

  @Override
  public void remove(OwnService service) {
    node.images().remove(service.name());
  }

  @Override
  public boolean offer(OwnService service) {
    return node.images().offer(service.name(), image(service));
  }

  /** From the start of the servers on, commands of people are looked for there. */
  void controlledBy(Commands back) {
    commands = back;
  }

  /** From the start of the servers on, the limits of services of one's own are watched there. */
  void watchedBy(TurnWatch by) {
    watch = by::over;
  }

  /** From the start of the servers on, this is what the VOS has of its host's network. */
  void networkBy(@Nullable Network of) {
    network = of;
  }

  private void startNetDriver() {
    Network host = network;
    if (host != null) {
      Caller driver = new Caller(NetDriver.NAME, Privileges.NETWORK.hypercalls());
      Network guarded = gate.network(driver, host);
      int endpoint = start(NetDriver.NAME, () -> NetDriver.create(guarded), Privileges.NETWORK);
      node.role(Role.NET_DRIVER, endpoint);
      known(NetDriver.NAME, endpoint, Policy.RESTARTS);
      host.channel(node.channel(endpoint));
    }
  }

  private void startControl() {
    Commands back = commands;
    if (back != null) {
      int control = start(ControlDriver.NAME, () -> ControlDriver.create(back), OWN);
      known(ControlDriver.NAME, control, Policy.RESTARTS);
      back.channel(node.channel(control));
    }
  }

  private void addMounts(OwnServices own, List<BootMount> mounts) {
    for (OwnServices.Mount mount : own.mounts()) {
      BootService service =
          known.stream()
              .filter(candidate -> candidate.name().equals(mount.service()))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException("no service " + mount.service() + " to mount"));
      mounts.add(new BootMount(service.endpoint(), mount.path()));
    }
  }

  /** What every VOS has mounted. */
  private List<BootMount> fileSystems() {
    int devices = fileSystem("devfs", DEVICES_DEVICE, DEVICES_SHARE_PERCENT, Beginning.devices());
    known("devfs", devices, Policy.RESTARTS);
    int memory =
        fileSystem("shm", SHARED_MEMORY_DEVICE, SHARED_MEMORY_SHARE_PERCENT, Beginning.shared());
    known("shm", memory, Policy.ENDS_THE_VOS);
    int restricted = BootMount.NO_SET_ID | BootMount.NO_DEVICES;
    return new ArrayList<>(
        List.of(
            new BootMount(node.role(Role.ROOT_FS), "tmpfs", "/", "tmpfs", 0),
            new BootMount(node.role(Role.PROC_FS), "proc", "/proc", "proc", 0),
            new BootMount(
                node.role(Role.PROC_FS), FsProtocol.ROOT_OF_SYSFS, "sysfs", "/sys", "sysfs", 0),
            new BootMount(devices, "devtmpfs", "/dev", "devtmpfs", BootMount.NO_SET_ID),
            new BootMount(node.role(Role.TTY), "devpts", "/dev/pts", "devpts", BootMount.NO_SET_ID),
            new BootMount(memory, "tmpfs", "/dev/shm", "tmpfs", restricted)));
  }

  private int fileSystem(String name, long device, int sharePercent, Beginning beginning) {
    Supplier<Handler> maker =
        () -> new ServerLoop(() -> new TmpfsServer(device, sharePercent, beginning));
    return start(name, maker, Privileges.SERVER);
  }

  /** Starts the driver of a shared folder, with rights on that alone. */
  private BootMount share(Share share, SharedFolder folder, int number) {
    String name = number == 0 ? "hostfs" : "hostfs" + (number + 1);
    long device = FIRST_SHARE_DEVICE + number;
    boolean readOnly = share.readOnly();
    Privileges privileges = readOnly ? Privileges.FOLDER_READER : Privileges.FOLDER;
    SharedFolder own = gate.folder(new Caller(name, privileges.hypercalls()), folder);
    int fs = start(name, () -> HostfsDriver.create(own, device, readOnly), privileges);
    known(name, fs, Policy.RESTARTS);
    int flags = BootMount.NO_SET_ID | BootMount.NO_DEVICES | (readOnly ? BootMount.READ_ONLY : 0);
    String source = new String(share.host().toString().getBytes(UTF_8), ISO_8859_1);
    return new BootMount(fs, source, share.guest(), "hostfs", flags);
  }

  /** Another node: its VM, and the boot task that joins it; to be raised when node 0 is there. */
  int startMember() {
    serve(Role.VM, "vm", VmServer::create);
    return boot("member", Member::new);
  }

  private int boot(String name, Supplier<Handler> maker) {
    int endpoint = start(name, maker, BOOT);
    node.vital(endpoint);
    return endpoint;
  }

  private void serve(Role role, String name, Supplier<Handler> maker) {
    serve(role, name, Policy.ENDS_THE_VOS, maker);
  }

  private void serve(Role role, String name, Policy policy, Supplier<Handler> maker) {
    int endpoint = start(name, maker, Privileges.SERVER);
    node.role(role, endpoint);
    known(name, endpoint, policy);
  }

  private void known(String name, int endpoint, Policy policy) {
    if (policy == Policy.ENDS_THE_VOS) {
      node.vital(endpoint);
    }
    known.add(new BootService(name, endpoint, policy));
  }

  private int start(String name, Supplier<Handler> maker, Privileges privileges) {
    return start(name, new Images.Image(maker, privileges, List.of()));
  }

  private int start(String name, Images.Image image) {
    node.images().put(name, image);
    int endpoint = node.start(name, image.maker().get(), image.privileges());
    services.add(new Service(name, endpoint, image.maker()));
    return endpoint;
  }
}
