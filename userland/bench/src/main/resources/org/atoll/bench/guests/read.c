/*
 * Reads the start of a file again and again, without any library, and prints one line a sample: the
 * bytes of a read, and the nanoseconds of one, the mean of BATCH.
 *
 * usage: read FILE
 */
typedef unsigned char u8;
typedef unsigned long u64;

enum { PAGE_BYTES = 4096, BATCH = 10, SAMPLES = 100, WARMUP = 50 };
enum { OPENAT = 56, CLOSE = 57, WRITE = 64, PREAD = 67, EXIT = 93, CLOCK_GETTIME = 113 };
enum { AT_FDCWD = -100, O_RDWR_CREAT = 0102, CLOCK_MONOTONIC = 1 };

static u8 page[PAGE_BYTES];

static long call(long number, long a, long b, long c, long d) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a3 __asm__("a3") = d;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3) : "memory");
  return a0;
}

static void must(int holds) {
  if (!holds) call(EXIT, 1, 0, 0, 0);
}

static u64 now_ns(void) {
  u64 t[2];
  must(call(CLOCK_GETTIME, CLOCK_MONOTONIC, (long)t, 0, 0) == 0);
  return t[0] * 1000000000 + t[1];
}

static int put_number(u8 *end, u64 number) {
  int digits = 0;
  do {
    *--end = (u8)('0' + number % 10);
    digits++;
  } while (number /= 10);
  return digits;
}

static void print(u64 bytes, u64 ns) {
  u8 line[48];
  u8 *start = line + sizeof line;
  *--start = '\n';
  start -= put_number(start, ns);
  *--start = ' ';
  start -= put_number(start, bytes);
  long length = line + sizeof line - start;
  must(call(WRITE, 1, (long)start, length, 0) == length);
}

static u8 byte_at(long offset) { return (u8)(offset * 7 + 3); }

static void measure(long fd, long bytes) {
  for (int sample = -WARMUP; sample < SAMPLES; sample++) {
    page[0] = page[bytes - 1] = 0;
    u64 start = now_ns();
    for (int i = 0; i < BATCH; i++) must(call(PREAD, fd, (long)page, bytes, 0) == bytes);
    u64 took = now_ns() - start;
    must(page[0] == byte_at(0) && page[bytes - 1] == byte_at(bytes - 1));
    if (sample >= 0) print((u64)bytes, took / BATCH);
  }
}

__attribute__((used)) static void begin(long *stack) {
  long fd = call(OPENAT, AT_FDCWD, stack[2], O_RDWR_CREAT, 0600);
  must(stack[0] == 2 && fd >= 0);
  for (long i = 0; i < PAGE_BYTES; i++) page[i] = byte_at(i);
  must(call(WRITE, fd, (long)page, PAGE_BYTES, 0) == PAGE_BYTES);
  measure(fd, 1);
  measure(fd, PAGE_BYTES);
  call(EXIT, 0, 0, 0, 0);
  __builtin_unreachable();
}

__attribute__((naked, used)) void _start(void) {
  __asm__ volatile(".option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n"
                   "mv a0, sp\nandi sp, sp, -16\nj begin");
}
