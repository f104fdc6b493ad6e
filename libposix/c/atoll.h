/*
 * atoll.h - what a C program asks of Atoll besides POSIX: messages to services and to other
 * programs, and on which node it is.
 *
 * A message is a number, which says what is asked, and seven 64-bit words. Numbers from
 * ATOLL_FIRST_OWN on are free: each service or pair of programs has its own. A call (atoll_sendrec)
 * waits for the answer, whose first word is the result; it may lend the callee a buffer to read and
 * one to fill, of up to 64 KiB each. Programs on other nodes are called like those on this one.
 *
 * A function that fails returns -1 and sets errno. None of them is a cancellation point; all may be
 * called from several threads. On a system other than Atoll every one fails with ENOSYS.
 *
 * Build with "atoll cc", or with any compiler for riscv64 Linux: this file is all there is to it.
 */
#ifndef ATOLL_H
#define ATOLL_H

#ifndef __riscv
#error "atoll.h is for riscv64: compile with atoll cc, or riscv64-linux-gnu-gcc"
#endif

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A task of the VOS: a process, a server or a driver, on whichever node. */
typedef int32_t atoll_endpoint;

/* Names a call that is to be answered. Above 0. */
typedef int64_t atoll_request;

enum { ATOLL_WORDS = 7, ATOLL_BUFFER_MAX = 65536 };

/* 64 bytes. In an answer, w[0] is the result: 0 or above, or a negated errno. */
struct atoll_message {
    atoll_endpoint source; /* who sent it; the kernel fills it in */
    int32_t type;          /* what is asked: ATOLL_FIRST_OWN or above */
    int64_t w[ATOLL_WORDS];
};

#define ATOLL_FIRST_OWN 0x4000

/* Instead of a source, for atoll_receive. */
#define ATOLL_ANY ((atoll_endpoint)-2)

/* Types of what atoll_receive gives that is neither request nor message. */
#define ATOLL_NOTIFICATION (-1) /* the source has notified, once or several times */
#define ATOLL_CANCELLED (-2)    /* nobody waits for the answer to request w[0] any more */

/* Instead of a timeout. */
#define ATOLL_FOREVER ((int64_t)-1)

static inline long atoll_syscall(long number, long a, long b, long c, long d, long e, long f)
{
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    register long a4 __asm__("a4") = e;
    register long a5 __asm__("a5") = f;
    register long a7 __asm__("a7") = number;
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
                     : "memory");
    if (a0 < 0 && a0 >= -4095) {
        errno = (int)-a0;
        return -1;
    }
    return a0;
}

/*
 * Calls a task and waits for its answer, whose words replace those of *m. The callee may read in_bytes from in,
 * and fill up to out_bytes at out. 0 when there is an answer, whatever w[0] says in it.
 * Errors: ESRCH (no such task, or it ended before it answered), EPERM (a type below
 * ATOLL_FIRST_OWN, or a kernel), EMSGSIZE (a buffer over ATOLL_BUFFER_MAX), EFAULT, EINTR (a
 * signal handler ran; the callee may have acted all the same).
 */
static inline int atoll_sendrec(atoll_endpoint to, struct atoll_message *m, const void *in,
                                size_t in_bytes, void *out, size_t out_bytes)
{
    return (int)atoll_syscall(0xA7010, to, (long)m, (long)in, (long)in_bytes, (long)out,
                              (long)out_bytes);
}

/*
 * Waits for what comes from a task, or from ATOLL_ANY, for at most so many nanoseconds (0: not at
 * all; ATOLL_FOREVER). The result is the request, which is to be answered once with atoll_reply;
 * or 0 when *m is a one-way message, ATOLL_NOTIFICATION or ATOLL_CANCELLED.
 * Up to 1,024 requests wait to be received and answered; further ones are answered EAGAIN.
 * Errors: ETIMEDOUT, EINTR, EFAULT.
 */
static inline atoll_request atoll_receive(atoll_endpoint from, struct atoll_message *m,
                                          int64_t timeout_nanos)
{
    return atoll_syscall(0xA7011, from, (long)m, (long)timeout_nanos, 0, 0, 0);
}

/*
 * Answers a request with the words of *m; source and type do not count.
 * Errors: ESRCH (not received, answered already, or its caller waits no longer), EFAULT.
 */
static inline int atoll_reply(atoll_request request, const struct atoll_message *m)
{
    return (int)atoll_syscall(0xA7012, (long)request, (long)m, 0, 0, 0, 0);
}

/* Tells a task that there is something to look at: never lost, never doubled. Errors: ESRCH, EPERM. */
static inline int atoll_notify(atoll_endpoint to)
{
    return (int)atoll_syscall(0xA7013, to, 0, 0, 0, 0, 0);
}

/*
 * Copies from the buffer that the caller of a request lent to be read, or into the one to be
 * filled, which has to be filled without holes. The result is the number of bytes, fewer at the
 * buffer's end. Errors: ESRCH (see atoll_reply), EINVAL (an offset behind the end), EFAULT.
 */
static inline long atoll_copy_in(atoll_request request, size_t offset, void *buffer, size_t bytes)
{
    return atoll_syscall(0xA7014, (long)request, (long)offset, (long)buffer, (long)bytes, 0, 0);
}

static inline long atoll_copy_out(atoll_request request, size_t offset, const void *buffer,
                                  size_t bytes)
{
    return atoll_syscall(0xA7015, (long)request, (long)offset, (long)buffer, (long)bytes, 0, 0);
}

/* The sizes of those buffers. Errors: ESRCH. */
static inline long atoll_in_bytes(atoll_request request)
{
    return atoll_syscall(0xA7016, (long)request, 0, 0, 0, 0, 0);
}

static inline long atoll_out_bytes(atoll_request request)
{
    return atoll_syscall(0xA7017, (long)request, 0, 0, 0, 0, 0);
}

/* This process as a task. */
static inline atoll_endpoint atoll_self(void)
{
    return (atoll_endpoint)atoll_syscall(0xA7018, 0, 0, 0, 0, 0, 0);
}

/* Another process as a task. Errors: ESRCH. */
static inline atoll_endpoint atoll_endpoint_of(int pid)
{
    return (atoll_endpoint)atoll_syscall(0xA7019, pid, 0, 0, 0, 0, 0);
}

/*
 * From now on a name, which begins with "user/", means this process, until it ends or withdraws it.
 * Errors: EEXIST (it means another), EPERM (it does not begin with "user/"), EINVAL, ENAMETOOLONG.
 */
static inline int atoll_publish(const char *name)
{
    return (int)atoll_syscall(0xA701A, (long)name, 0, 0, 0, 0, 0);
}

/* The task that a name means: a service's name, or one that a program has published. Errors: ENOENT. */
static inline atoll_endpoint atoll_lookup(const char *name)
{
    return (atoll_endpoint)atoll_syscall(0xA701B, (long)name, 0, 0, 0, 0, 0);
}

/* Takes a name back. Errors: ENOENT, EPERM (another's). */
static inline int atoll_withdraw(const char *name)
{
    return (int)atoll_syscall(0xA701C, (long)name, 0, 0, 0, 0, 0);
}

/* The node that this process is on, from 0. */
static inline int atoll_node(void)
{
    return (int)atoll_syscall(0xA7002, 0, 0, 0, 0, 0, 0);
}

/* The next exec of this process takes it to that node. Errors: ENXIO (no such node, or it is down). */
static inline int atoll_onnode(int node)
{
    return (int)atoll_syscall(0xA7001, node, 0, 0, 0, 0, 0);
}

#ifdef __cplusplus
}
#endif

#endif
