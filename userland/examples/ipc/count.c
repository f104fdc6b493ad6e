/* count NAME NUMBER...: adds numbers to a counter, a service or a program, and shows the sum. */
#include "counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t ask(atoll_endpoint counter, struct atoll_message *m, void *out, size_t bytes)
{
    if (atoll_sendrec(counter, m, NULL, 0, out, bytes) < 0) {
        perror("count");
        exit(1);
    }
    if (m->w[0] < 0) {
        fprintf(stderr, "count: %s\n", strerror((int)-m->w[0]));
        exit(1);
    }
    return m->w[0];
}

int main(int argc, char **argv)
{
    char text[64];
    if (argc < 2) {
        fprintf(stderr, "usage: count NAME NUMBER...\n");
        return 2;
    }
    atoll_endpoint counter = atoll_lookup(argv[1]);
    if (counter < 0) {
        perror(argv[1]);
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        struct atoll_message add = {.type = COUNTER_ADD, .w = {atol(argv[i])}};
        ask(counter, &add, NULL, 0);
    }
    struct atoll_message show = {.type = COUNTER_SHOW};
    int64_t bytes = ask(counter, &show, text, sizeof text);
    printf("node %d: %.*s\n", atoll_node(), (int)bytes, text);
}
