/* A child serves, the parent calls: one line for each thing that atoll.h promises. */
#include <atoll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ADD = ATOLL_FIRST_OWN + 0x100, UPPER, STALL };

static char in[ATOLL_BUFFER_MAX], out[ATOLL_BUFFER_MAX];

static void say(const char *what, long result)
{
    printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
    fflush(stdout);
}

static int64_t upper(atoll_request request)
{
    long n = atoll_copy_in(request, 0, in, sizeof in);
    for (long i = 0; i < n; i++)
        if (in[i] >= 'a' && in[i] <= 'z')
            in[i] -= 'a' - 'A';
    return atoll_copy_out(request, 0, in, (size_t)n);
}

static void serve(void)
{
    int64_t total = 0;
    for (;;) {
        struct atoll_message m;
        atoll_request request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
        if (request == 0) {
            say(m.type == ATOLL_NOTIFICATION ? "server: notified" : "server: cancelled", 0);
            if (m.type == ATOLL_NOTIFICATION)
                exit(0);
        } else if (m.type != STALL) {
            m.w[0] = m.type == ADD ? (total += m.w[0]) : m.type == UPPER ? upper(request) : -ENOSYS;
            atoll_reply(request, &m);
            if (atoll_reply(request, &m) == 0 || errno != ESRCH)
                say("server: answered twice", 0);
        }
    }
}

static void handler(int signal)
{
    (void)signal;
}

/* The signal comes again and again: one that is too early leaves nothing waiting for ever. */
static void interrupted(atoll_endpoint server)
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGALRM, &action, NULL);
    struct atoll_message m = {.type = STALL};
    ualarm(50000, 50000);
    int called = atoll_sendrec(server, &m, NULL, 0, NULL, 0), call_errno = errno;
    atoll_request received = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
    int receive_errno = errno;
    ualarm(0, 0);
    errno = call_errno;
    say("interrupted call", called);
    errno = receive_errno;
    say("interrupted receive", received);
}

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        serve();
    atoll_endpoint server = atoll_endpoint_of(pid);
    struct atoll_message m = {.type = ADD, .w = {40}};
    say("add", atoll_sendrec(server, &m, NULL, 0, NULL, 0) == 0 ? m.w[0] : -1);
    m = (struct atoll_message){.type = ADD, .w = {2}};
    say("add", atoll_sendrec(server, &m, NULL, 0, NULL, 0) == 0 ? m.w[0] : -1);
    say("source and type", m.source == server && m.type == ADD);
    memset(in, 'a', sizeof in);
    m.type = UPPER;
    say("upper", atoll_sendrec(server, &m, in, sizeof in, out, sizeof out) == 0 ? m.w[0] : -1);
    say("filled", out[0] == 'A' && out[sizeof out - 1] == 'A');
    m.type = UPPER + 100;
    say("unknown", atoll_sendrec(server, &m, NULL, 0, NULL, 0));
    say("its result", m.w[0]);
    m.type = 0x300;
    say("a number of the system's", atoll_sendrec(server, &m, NULL, 0, NULL, 0));
    m.type = ADD;
    say("a kernel", atoll_sendrec(0, &m, NULL, 0, NULL, 0));
    say("too long", atoll_sendrec(server, &m, in, sizeof in + 1, NULL, 0));
    say("no message", atoll_sendrec(server, (void *)8, NULL, 0, NULL, 0));
    say("no buffer", atoll_sendrec(server, &m, (void *)8, 1, NULL, 0));
    say("nothing there", atoll_receive(ATOLL_ANY, &m, 0));
    say("nothing comes", atoll_receive(ATOLL_ANY, &m, 1000000));
    say("no such request", atoll_reply(99, &m));
    say("nobody", atoll_endpoint_of(30000));
    say("self", atoll_endpoint_of(getpid()) == atoll_self());
    interrupted(server);
    m.type = ADD;
    m.w[0] = 0;
    say("still there", atoll_sendrec(server, &m, NULL, 0, NULL, 0) == 0 ? m.w[0] : -1);
    say("notify", atoll_notify(server));
    waitpid(pid, NULL, 0);
    say("call to the dead", atoll_sendrec(server, &m, NULL, 0, NULL, 0));
    say("notify the dead", atoll_notify(server));
}
