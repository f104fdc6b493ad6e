package org.atoll.servers.vfs;

import org.atoll.abi.Turn;
import org.atoll.libsys.Row;

/** One of each class of VFS, around one state: who knows whom is written here. */
final class Themes
    implements Pipes.Surroundings,
        PathCalls.Surroundings,
        Processes.Surroundings,
        Events.Surroundings,
        Files.Surroundings,
        Interests.Surroundings {

  final VfsState state;
  final Attributes attributes;
  final Descriptors descriptors;
  final Devices devices;
  final Directories directories;
  final Drivers drivers;
  final Epoll epoll;
  final Events events;
  final FirstTerminal firstTerminal;
  final Fifos fifos;
  final FileCalls fileCalls;
  final FileOwners fileOwners;
  final Files files;
  final Flock flock;
  final Interests interests;
  final Ioctl ioctl;
  final Locks locks;
  final MappedPaths mappedPaths;
  final Mappings mappings;
  final Mounts mounts;
  final Unmounts unmounts;
  final MountTable mountTable;
  final SystemMounts systemMounts;
  final Names names;
  final Open open;
  final PathCalls paths;
  final Pipes pipes;
  final Poll poll;
  final Processes processes;
  final ReadWrite readWrite;
  final RecordLocks recordLocks;
  final Rights rights;
  final SignalDriven signals;
  final Sockets sockets;
  final SocketNames socketNames;
  final SocketTransfers socketTransfers;
  final Streams streams;
  final TwoPaths twoPaths;

  Themes(VfsState state) {
    this.state = state;
    processes = new Processes(state, this);
    paths = new PathCalls(state, processes, this);
    pipes = new Pipes(state, this);
    locks = new Locks(state, this::release);
    files = new Files(state, pipes, locks, this);
    interests = new Interests(state, this);
    events = new Events(state, files, this);
    epoll = new Epoll(state, files, interests);
    devices = new Devices(paths, files);
    drivers = new Drivers(state, paths, files);
    firstTerminal = new FirstTerminal(paths, files, drivers);
    streams = new Streams(state, files, interests);
    fifos = new Fifos(state, paths, files, pipes, processes);
    rights = new Rights(state, files);
    sockets = new Sockets(state, files, rights, interests);
    socketTransfers = new SocketTransfers(state, files, rights, interests);
    socketNames = new SocketNames(state, paths, files, sockets, socketTransfers);
    readWrite =
        new ReadWrite(state, files, pipes, devices, streams, drivers, events, socketTransfers);
    fileCalls = new FileCalls(state, files, streams);
    signals = new SignalDriven(state);
    fileOwners = new FileOwners(state, files, signals);
    descriptors = new Descriptors(files, pipes, fileOwners, signals);
    poll = new Poll(state, files, interests);
    ioctl = new Ioctl(state, files, drivers, fileOwners, signals);
    flock = new Flock(locks);
    recordLocks = new RecordLocks(state, files, locks);
    mappings = new Mappings(state, files);
    open = new Open(state, paths, files, fifos, devices, drivers);
    names = new Names(state, paths);
    twoPaths = new TwoPaths(paths);
    Places places = new Places(state, paths);
    attributes = new Attributes(paths, new MagicLinks(state, paths, places));
    directories = new Directories(state, paths);
    mounts = new Mounts(state, paths);
    unmounts = new Unmounts(state, paths);
    systemMounts = new SystemMounts(state, paths, processes);
    mountTable = new MountTable(state, paths, places);
    mappedPaths = new MappedPaths(state, paths, places);
    Unplaced unplaced = new Unplaced(paths, files, fileCalls, pipes);
    paths.themes(
        new PathCalls.Themes(
            open,
            names,
            twoPaths,
            attributes,
            directories,
            mounts,
            unmounts,
            systemMounts,
            mountTable,
            mappedPaths,
            firstTerminal,
            unplaced,
            socketNames));
  }

  @Override
  public void changed(Turn turn, Watchers watchers, int events) {
    interests.changed(turn, watchers, events);
    signals.changed(turn, watchers, events);
  }

  @Override
  public void unwatched(Turn turn, OpenFile file) {
    interests.closed(turn, file);
    signals.closed(turn, file);
  }

  @Override
  public void closed(Turn turn, Source source) {
    events.closed(turn, source);
  }

  @Override
  public void closed(Turn turn, EventPoll epoll) {
    interests.closed(turn, epoll);
  }

  @Override
  public void wake(Turn turn, EventPoll epoll) {
    this.epoll.wake(turn, epoll);
  }

  @Override
  public void look(Turn turn, long request) {
    poll.look(turn, request);
  }

  @Override
  public void answered(Turn turn, long request) {
    PollRow row = state.polls.get(request);
    if (row == null) {
      epoll.answered(turn, request);
    } else {
      poll.asked(turn, row);
    }
  }

  @Override
  public void wasUsed(Turn turn, OpenFile file) {
    signals.used(turn, file);
  }

  @Override
  public void release(Turn turn, OpenFile file) {
    files.release(turn, file);
  }

  @Override
  public void firstProcess(Turn turn, long request, Process process) {
    firstTerminal.begin(turn, request, process);
  }

  @Override
  public OpenFile stream(int number) {
    int access = number == 0 ? 0 : OpenFlags.WRONLY;
    return files.open(OpenFile.Kind.STREAM, access, null, null, number);
  }

  @Override
  public void close(Turn turn, Process process, long fd) {
    files.close(turn, process, fd);
  }

  @Override
  public void cancel(Turn turn, long request) {
    if (state.polls.get(request) != null) {
      poll.cancel(turn, request);
    } else if (state.waiting.contains(request)) {
      Row row = state.waiting.see(request);
      switch (Wait.of(row.step)) {
        case PIPE_READ -> pipes.cancelRead(turn, request);
        case PIPE_WRITE -> pipes.cancelWrite(turn, request);
        case FIFO_OPEN -> fifos.cancel(turn, request);
        case STREAM -> streams.cancel(turn, request);
        case EVENT -> events.cancel(turn, request);
        case EPOLL -> epoll.cancel(turn, request);
        case LOCK -> locks.cancel(turn, request);
        case OFFSET -> {
          // Its turn comes as soon as a file system has answered those before it.
        }
      }
    }
  }
}
