// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
//
// The smallest HTTP server that is fast enough not to limit a load generator: one thread, epoll, a
// fixed answer with a body of 100 bytes to whatever is read. For measurements only.
//
//   cc -O2 -o static-server StaticServer.c && ./static-server 8080

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 256, BODY = 100 };

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 1024)) {
    perror("listen");
    exit(1);
  }
  return fd;
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

int main(int argc, char **argv) {
  static char request[65536];
  char response[512];
  int length = snprintf(response, sizeof response,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n",
                        BODY);
  int server = listen_on(argc > 1 ? atoi(argv[1]) : 8080);
  int epoll = epoll_create1(0);
  struct epoll_event events[EVENTS];
  memset(response + length, 'x', BODY);
  length += BODY;
  watch(epoll, server);
  for (;;) {
    int count = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == server) {
        int client = accept(server, NULL, NULL), on = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, client);
      } else if (read(fd, request, sizeof request) <= 0 || write(fd, response, length) < 0) {
        close(fd);
      }
    }
  }
}
