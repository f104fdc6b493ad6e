/* A linked list in scattered order, and a binary tree: pointers, compares and few sums. */
#include "kernel.h"

enum { NODES = 4096 };
struct node { struct node *next, *left, *right; u64 key; };
static struct node nodes[NODES];

u64 kernel(u64 rounds) {
  u64 sum = 0, seed = 1;
  for (u64 r = 0; r < rounds; r++) {
    struct node *root = 0, *list = 0;
    for (u32 i = 0; i < NODES; i++) {
      seed = seed * 6364136223846793005ul + 1442695040888963407ul;
      struct node *n = &nodes[(i * 1021) % NODES], **at = &root;
      n->key = seed >> 20;
      n->left = n->right = 0;
      n->next = list;
      list = n;
      while (*at) at = n->key < (*at)->key ? &(*at)->left : &(*at)->right;
      *at = n;
    }
    for (struct node *n = list; n; n = n->next) sum = sum * 5 + n->key;
  }
  return sum;
}
