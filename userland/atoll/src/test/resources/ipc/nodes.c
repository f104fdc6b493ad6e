/* Clients on the other node, with one thread and with two; either side is killed in a call. */
#include <atoll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ASK = ATOLL_FIRST_OWN, STALL };

static void *idle(void *nothing)
{
    for (;;)
        pause();
    return nothing;
}

static int client(atoll_endpoint server, char how)
{
    char text[32] = "";
    struct atoll_message m = {.type = ASK, .w = {atoll_node()}};
    pthread_t other;
    if (how == 't')
        pthread_create(&other, NULL, idle, NULL);
    int result = atoll_sendrec(server, &m, "from afar", 10, text, sizeof text);
    printf("client: %d %ld %s\n", result, m.w[0], text);
    fflush(stdout);
    m.type = STALL;
    return how == 's' ? atoll_sendrec(server, &m, NULL, 0, NULL, 0) : 0;
}

static pid_t start(char how)
{
    char self[16], mode[] = {how, 0};
    snprintf(self, sizeof self, "%d", atoll_self());
    pid_t pid = fork();
    if (pid == 0) {
        atoll_onnode(1);
        execl("/proc/self/exe", "nodes", self, mode, (char *)NULL);
        _exit(99);
    }
    return pid;
}

static void serve(char how)
{
    pid_t pid = start(how);
    struct atoll_message m;
    char text[32];
    int status;
    atoll_request request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
    long bytes = atoll_copy_in(request, 0, text, sizeof text);
    printf("server: %s, %ld bytes, node %ld\n", text, bytes, m.w[0]);
    fflush(stdout);
    m.w[0] = atoll_copy_out(request, 0, "well heard", 11);
    atoll_reply(request, &m);
    if (how == 's') {
        atoll_receive(atoll_endpoint_of(pid), &m, ATOLL_FOREVER);
        kill(pid, SIGKILL);
        request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
        printf("server: %s\n", request == 0 && m.type == ATOLL_CANCELLED ? "cancelled" : "?");
    }
    waitpid(pid, &status, 0);
    printf("status %x\n", status);
}

static void die_before_the_answer(void)
{
    struct atoll_message m = {.type = ASK};
    pid_t pid = fork();
    if (pid == 0) {
        atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
        kill(getpid(), SIGKILL);
    }
    int result = atoll_sendrec(atoll_endpoint_of(pid), &m, NULL, 0, NULL, 0);
    printf("dead server: %d %s\n", result, errno == ESRCH ? "ESRCH" : "?");
    wait(NULL);
}

static void many_callers(void)
{
    enum { CALLERS = 20, CALLS = 100 };
    struct atoll_message m = {.type = ASK};
    for (int i = 0; i < CALLERS; i++)
        if (fork() == 0) {
            for (int k = 0; k < CALLS; k++) {
                m = (struct atoll_message){.type = ASK, .w = {k}};
                if (atoll_sendrec(atoll_endpoint_of(getppid()), &m, NULL, 0, NULL, 0) || m.w[0] != 2 * k)
                    _exit(1);
            }
            _exit(0);
        }
    for (int i = 0; i < CALLERS * CALLS; i++) {
        atoll_request request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
        m.w[0] *= 2;
        atoll_reply(request, &m);
    }
    int failed = 0;
    for (int status; wait(&status) > 0;)
        failed += status != 0;
    printf("failed callers: %d\n", failed);
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return client(atoi(argv[1]), argv[2][0]);
    serve('1');
    serve('t');
    serve('s');
    die_before_the_answer();
    many_callers();
}
