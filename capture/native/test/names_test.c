// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "memory.h"
#include "names.h"

static void check_class(const char *signature, const char *expected) {
  char name[1024];
  p4j_normalise_class(signature, name, sizeof name);
  if (strcmp(name, expected) != 0) fprintf(stderr, "%s became %s\n", signature, name);
  CHECK(strcmp(name, expected) == 0);
}

static void generated_classes_lose_what_differs_between_runs(void) {
  check_class("Lcom/acme/Foo;", "com/acme/Foo");
  check_class("Lcom/acme/Foo$1;", "com/acme/Foo$1");
  check_class("Lcom/acme/Foo$$Lambda.0x00007f3c;", "com/acme/Foo$$Lambda");
  check_class("Lcom/acme/Foo$$Lambda$14.0x0000000800c03000;", "com/acme/Foo$$Lambda");
  check_class("Ljava/lang/invoke/LambdaForm$MH.0x0000000800c03000;",
              "java/lang/invoke/LambdaForm$MH");
  check_class("Ljdk/internal/reflect/GeneratedMethodAccessor123;",
              "jdk/internal/reflect/GeneratedMethodAccessor");
  check_class("Lcom/acme/MyGeneratedMethodAccessor12;", "com/acme/MyGeneratedMethodAccessor12");
  check_class("", "");
}

static void long_names_are_cut(void) {
  char signature[2000];
  memset(signature, 'x', sizeof signature);
  signature[0] = 'L';
  signature[sizeof signature - 2] = ';';
  signature[sizeof signature - 1] = 0;
  char name[16];
  p4j_normalise_class(signature, name, sizeof name);
  CHECK(strcmp(name, "xxxxxxxxxxxxxxx") == 0);
}

static const p4j_line lines[] = {{0, 12}, {4, 11}, {9, 14}};

static uint32_t intern(const char *class_name, const char *name, uint32_t line_count,
                       int *is_new) {
  return p4j_intern_method(
      &(p4j_method_facts){class_name, name, "()V", "Foo.java", lines, line_count}, is_new);
}

static void equal_methods_are_one(void) {
  int first_is_new, second_is_new;
  uint32_t first = intern("com/acme/Foo", "bar", 3, &first_is_new);
  uint32_t second = intern("com/acme/Foo", "bar", 3, &second_is_new);
  CHECK(first != 0 && first == second && first_is_new && !second_is_new);
  CHECK(intern("com/acme/Foo", "baz", 3, &first_is_new) != first);
  CHECK(intern("com/acme/Foo", "bar", 2, &first_is_new) != first); /* another version of it */
  CHECK(strcmp(p4j_string_at(p4j_method_at(first)->name), "bar") == 0);
}

static void lines_are_found_by_byte_code_index(void) {
  int is_new;
  const p4j_method *method = p4j_method_at(intern("com/acme/Lines", "bar", 3, &is_new));
  CHECK(p4j_line_of(method, 0) == 12 && p4j_line_of(method, 3) == 12);
  CHECK(p4j_line_of(method, 4) == 11 && p4j_line_of(method, 8) == 11);
  CHECK(p4j_line_of(method, 9) == 14 && p4j_line_of(method, 65535) == 14);
  CHECK(p4j_line_of(method, -1) == 0); /* native */
  CHECK(method->start_line == 11);
  const p4j_method *init = p4j_method_at(intern("com/acme/Lines", "<init>", 3, &is_new));
  CHECK(init->start_line == 12);
  const p4j_method *bare = p4j_method_at(intern("com/acme/Lines", "bare", 0, &is_new));
  CHECK(p4j_line_of(bare, 5) == 0 && bare->start_line == 0);
}

static void many_methods_keep_their_numbers(void) {
  uint32_t numbers[5000];
  int is_new;
  char name[32];
  for (int i = 0; i < 5000; i++) {
    snprintf(name, sizeof name, "m%d", i);
    numbers[i] = intern("com/acme/Many", name, 1, &is_new);
    CHECK(is_new);
  }
  int64_t held = p4j_held();
  for (int i = 0; i < 5000; i++) {
    snprintf(name, sizeof name, "m%d", i);
    CHECK(intern("com/acme/Many", name, 1, &is_new) == numbers[i] && !is_new);
    CHECK(strcmp(p4j_string_at(p4j_method_at(numbers[i])->name), name) == 0);
  }
  CHECK(p4j_held() == held);
}

int main(void) {
  CHECK(p4j_names_init());
  CHECK(strcmp(p4j_string_at(0), "") == 0 && p4j_method_count() == 1);
  generated_classes_lose_what_differs_between_runs();
  long_names_are_cut();
  equal_methods_are_one();
  lines_are_found_by_byte_code_index();
  many_methods_keep_their_numbers();
  return 0;
}
