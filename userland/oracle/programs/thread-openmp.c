// An OpenMP program: loops, reductions, sections, tasks.
// flags: -fopenmp
#include <omp.h>
#include <stdio.h>

static long fibonacci(int n) {
  long a, b;
  if (n < 2) return n;
#pragma omp task shared(a) if (n > 8)
  a = fibonacci(n - 1);
  b = fibonacci(n - 2);
#pragma omp taskwait
  return a + b;
}

int main(void) {
  long sum = 0, critical = 0, result = 0;
  int seen[4] = {0};
  omp_set_num_threads(4);
#pragma omp parallel for reduction(+ : sum) schedule(dynamic, 100)
  for (int i = 0; i < 100000; i++) sum += i;
  printf("sum %ld\n", sum);
#pragma omp parallel
  {
    seen[omp_get_thread_num()] = omp_get_num_threads();
#pragma omp barrier
#pragma omp critical
    critical += omp_get_thread_num();
  }
  printf("threads %d %d %d %d, critical %ld\n", seen[0], seen[1], seen[2], seen[3], critical);
#pragma omp parallel
#pragma omp single
  result = fibonacci(16);
  printf("fibonacci %ld\n", result);
  return 0;
}
