/*
 * Two processes that are connected by TCP, without Nagle's algorithm: both on loopback; or with words
 * before all others the one end alone, whose other one is on another machine:
 *
 *   serve HERE PEER      listens at the address HERE, says at which port, and takes one connection of
 *                        the address PEER; it ends with its input
 *   connect THERE PORT   connects to it
 */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "echo.h"

/* Which end this process is. */
struct way {
  enum { BOTH, SERVE, CONNECT } end;
  const char *first, *second;
};

/* Takes the words away that say so. */
static struct way take_way(int *argc, char ***argv) {
  struct way way = {.end = BOTH};
  if (*argc > 3) {
    way.end = strcmp((*argv)[1], "serve") == 0     ? SERVE
              : strcmp((*argv)[1], "connect") == 0 ? CONNECT
                                                   : BOTH;
  }
  if (way.end != BOTH) {
    way.first = (*argv)[2];
    way.second = (*argv)[3];
    (*argv)[3] = (*argv)[0];
    *argv += 3;
    *argc -= 3;
  }
  return way;
}

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) < 0) {
    fail("TCP_NODELAY");
  }
}

/* A place by its literal address. */
static struct addrinfo *place(const char *address, const char *port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                           .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
  struct addrinfo *found;
  int error = getaddrinfo(address, port, &hints, &found);
  if (error != 0) {
    fprintf(stderr, "%s port %s: %s\n", address, port, gai_strerror(error));
    exit(1);
  }
  return found;
}

static int listening(const char *address) {
  struct addrinfo *at = place(address, "0");
  int fd = socket(at->ai_family, SOCK_STREAM, 0);
  if (fd < 0 || bind(fd, at->ai_addr, at->ai_addrlen) < 0 || listen(fd, 1) < 0) {
    fail("listen");
  }
  freeaddrinfo(at);
  return fd;
}

/* Writes in digits where a socket is, or its other end. */
static void name(int fd, int (*of)(int, struct sockaddr *, socklen_t *), char *host, char *port) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (of(fd, (struct sockaddr *)&address, &length) < 0 ||
      getnameinfo((struct sockaddr *)&address, length, host, NI_MAXHOST, port, NI_MAXSERV,
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    fail("name of a socket");
  }
}

/* An address as getnameinfo writes it: one of IPv6 may be written in several ways. */
static void rewrite(const char *address, char *host) {
  struct addrinfo *at = place(address, "0");
  if (getnameinfo(at->ai_addr, at->ai_addrlen, host, NI_MAXHOST, NULL, 0, NI_NUMERICHOST) != 0) {
    fail(address);
  }
  freeaddrinfo(at);
}

/* The connection of a peer; those of others are closed. */
static int accepted(int listener, const char *peer) {
  char expected[NI_MAXHOST], host[NI_MAXHOST], port[NI_MAXSERV];
  if (peer) {
    rewrite(peer, expected);
  }
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
      fail("accept");
    }
    name(fd, getpeername, host, port);
    if (!peer || strcmp(host, expected) == 0) {
      no_delay(fd);
      return fd;
    }
    close(fd);
  }
}

static int connection(const char *address, const char *port) {
  struct addrinfo *at = place(address, port);
  int fd = socket(at->ai_family, SOCK_STREAM, 0);
  /* Seven seconds, where packets vanish, and not two minutes. */
  int attempts = 2;
  if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_SYNCNT, &attempts, sizeof attempts) < 0 ||
      connect(fd, at->ai_addr, at->ai_addrlen) < 0) {
    fail("connect");
  }
  freeaddrinfo(at);
  no_delay(fd);
  return fd;
}

/* Has this process end when its input does: another one waits for that, and ends with this one. */
static void end_with_input(void) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child < 0) {
    fail("fork");
  }
  if (child > 0) {
    return;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char byte;
  while (getppid() == parent && read(STDIN_FILENO, &byte, 1) > 0) {
  }
  if (getppid() == parent) {
    kill(parent, SIGKILL);
  }
  exit(0);
}

/* Returns the connection of the caller; serve gets that of the other end, and its process ends. */
static int connected(struct way way, void (*serve)(int), pid_t *child) {
  char host[NI_MAXHOST], port[NI_MAXSERV];
  *child = 0;
  if (way.end == CONNECT) {
    return connection(way.first, way.second);
  }
  if (way.end == SERVE) {
    end_with_input();
  }
  int listener = listening(way.end == SERVE ? way.first : "127.0.0.1");
  name(listener, getsockname, host, port);
  if (way.end == SERVE) {
    printf("%s\n", port);
    fflush(stdout);
  } else {
    *child = fork();
  }
  if (*child < 0) {
    fail("fork");
  }
  if (*child == 0) {
    if (way.end == BOTH) {
      /* Whoever waits for what is printed waits for the caller alone, with which this one ends. */
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      close(STDOUT_FILENO);
    }
    int fd = accepted(listener, way.second);
    close(listener);
    serve(fd);
    exit(0);
  }
  close(listener);
  return connection(host, port);
}

/* Ends the connection of the caller, and waits for the other process if it is here. */
static void disconnect(int fd, pid_t child) {
  close(fd);
  if (child > 0) {
    waitpid(child, NULL, 0);
  }
}
