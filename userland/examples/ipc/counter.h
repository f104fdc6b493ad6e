/* The protocol of a counter: words of the request, and of the answer. */
#ifndef COUNTER_H
#define COUNTER_H

#include <atoll.h>

enum {
    COUNTER_ADD = 0x4100, /* number -> sum */
    COUNTER_SHOW = 0x4101 /* -> bytes; the text is in the buffer that the caller has lent */
};

#endif
