/* A server as a program: adds up, and says the sum in letters. Its name is user/counter. */
#include "counter.h"

#include <stdio.h>

static int64_t show(atoll_request request, int64_t sum)
{
    char text[64];
    int bytes = snprintf(text, sizeof text, "the sum is %ld", sum);
    return atoll_copy_out(request, 0, text, (size_t)bytes);
}

int main(void)
{
    int64_t sum = 0;
    if (atoll_publish("user/counter") < 0) {
        perror("counter: user/counter");
        return 1;
    }
    for (;;) {
        struct atoll_message m;
        atoll_request request = atoll_receive(ATOLL_ANY, &m, ATOLL_FOREVER);
        if (request < 0)
            perror("counter");
        if (request <= 0)
            continue; /* a signal, a notification, or a caller that gave up */
        switch (m.type) {
        case COUNTER_ADD:
            m.w[0] = sum += m.w[0];
            break;
        case COUNTER_SHOW:
            m.w[0] = show(request, sum);
            break;
        default:
            m.w[0] = -ENOSYS;
        }
        atoll_reply(request, &m); /* ESRCH: the caller has given up meanwhile */
    }
}
