// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

// The cheapest server that load generators can be compared against: one thread, epoll, the same
// 100 bytes for every request. Speaks HTTP/1.1, and over TLS also HTTP/2 if the client offers it by
// ALPN. It reads just enough to find where a request ends, so it is for requests without a body, and
// it trusts its client: it is for measuring on one machine only.
//
// cc -O2 -o server server.c -lssl -lcrypto
// usage: server PORT [CERTIFICATE KEY], both PEM files; PORT 0 for a free one. Prints the port.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define BODY                                                                                       \
  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123" \
  "45678\n"
static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n" BODY;
static const char END_OF_HEAD[] = "\r\n\r\n";

static const char PREFACE[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
enum { HEADERS = 1, SETTINGS = 4, PING = 6, ACK = 1, END_STREAM = 1, END_HEADERS = 4 };
enum { FRAME_HEAD = 9, BUFFER = 64 * 1024 };

typedef struct {
  int fd;
  SSL *ssl;     // NULL without TLS
  int http2;    // by ALPN
  int greeted;  // HTTP/2: the client's preface was read
  int writing;  // waits until it can write
  size_t in_length, out_length, out_sent;
  unsigned char in[BUFFER], out[BUFFER];
} connection;

static int poller;
static SSL_CTX *tls;

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void hang_up(connection *c) {
  if (c->ssl) SSL_free(c->ssl);
  close(c->fd);
  free(c);
}

static void put(connection *c, const void *bytes, size_t length) {
  memcpy(c->out + c->out_length, bytes, length);
  c->out_length += length;
}

static void put_frame(connection *c, size_t length, int type, int flags, unsigned stream,
                      const void *payload) {
  unsigned char head[FRAME_HEAD] = {length >> 16, length >> 8, length,       type, flags,
                                    stream >> 24, stream >> 16, stream >> 8, stream};
  put(c, head, sizeof head);
  put(c, payload, length);
}

// Answers every HTTP/1.1 request that is complete; returns how many bytes they took.
static size_t answer_http1(connection *c) {
  size_t used = 0;
  while (c->out_length + sizeof ANSWER < BUFFER) {
    unsigned char *end = memmem(c->in + used, c->in_length - used, END_OF_HEAD, 4);
    if (!end) break;
    used = end + 4 - c->in;
    put(c, ANSWER, sizeof ANSWER - 1);
  }
  return used;
}

static void answer_frame(connection *c, const unsigned char *frame, size_t length) {
  // :status 200, content-length 100, content-type text/plain, by numbers of HPACK's static table.
  static const unsigned char fields[] = "\x88\x0f\x0d\x03" "100" "\x0f\x10\x0a" "text/plain";
  unsigned stream = (unsigned)frame[5] << 24 | frame[6] << 16 | frame[7] << 8 | frame[8];
  switch (frame[3]) {
    case HEADERS:
      put_frame(c, sizeof fields - 1, HEADERS, END_HEADERS, stream, fields);
      put_frame(c, 100, 0, END_STREAM, stream, BODY);
      break;
    case SETTINGS:
      if (!(frame[4] & ACK)) put_frame(c, 0, SETTINGS, ACK, 0, "");
      break;
    case PING:
      if (!(frame[4] & ACK)) put_frame(c, length, PING, ACK, 0, frame + FRAME_HEAD);
      break;
  }
}

// The same for HTTP/2. Windows are not counted: load generators keep them open widely.
static size_t answer_http2(connection *c) {
  size_t used = 0;
  if (!c->greeted) {
    if (c->in_length < sizeof PREFACE - 1) return 0;
    c->greeted = 1;
    used = sizeof PREFACE - 1;
    put_frame(c, 6, SETTINGS, 0, 0, "\0\x03\0\0\0\xfa");  // 250 streams at a time
  }
  while (c->in_length - used >= FRAME_HEAD && c->out_length + 256 < BUFFER) {
    unsigned char *frame = c->in + used;
    size_t length = frame[0] << 16 | frame[1] << 8 | frame[2];
    if (c->in_length - used < FRAME_HEAD + length) break;
    answer_frame(c, frame, length);
    used += FRAME_HEAD + length;
  }
  return used;
}

// Returns what a read or write of OpenSSL means in the terms of the system's.
static ssize_t result(connection *c, int count) {
  if (count > 0) return count;
  int error = SSL_get_error(c->ssl, count);
  errno = EAGAIN;
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? -1 : 0;
}

static void want(connection *c, int writing) {
  if (c->writing == writing) return;
  c->writing = writing;
  struct epoll_event event = {writing ? EPOLLOUT : EPOLLIN, {.ptr = c}};
  epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &event);
}

// Sends what there is to send; returns 0 if the connection is broken.
static int flush(connection *c) {
  while (c->out_sent < c->out_length) {
    size_t left = c->out_length - c->out_sent;
    ssize_t count = c->ssl ? result(c, SSL_write(c->ssl, c->out + c->out_sent, left))
                           : write(c->fd, c->out + c->out_sent, left);
    if (count <= 0) {
      want(c, 1);
      return count < 0 && errno == EAGAIN;
    }
    c->out_sent += count;
  }
  c->out_sent = c->out_length = 0;
  want(c, 0);
  return 1;
}

// Answers what was read; returns 0 if the connection is broken, or a request too large.
static int answer(connection *c) {
  size_t used;
  do {
    used = c->http2 ? answer_http2(c) : answer_http1(c);
    memmove(c->in, c->in + used, c->in_length -= used);
    if (!flush(c)) return 0;
  } while (used > 0 && c->in_length > 0 && !c->out_length);
  return c->in_length < BUFFER;
}

// Reads what is there; returns 0 at its end.
static int receive(connection *c) {
  do {
    size_t room = BUFFER - c->in_length;
    ssize_t count = c->ssl ? result(c, SSL_read(c->ssl, c->in + c->in_length, room))
                           : read(c->fd, c->in + c->in_length, room);
    if (count <= 0) return count < 0 && errno == EAGAIN;
    c->in_length += count;
    if (c->ssl && !c->http2) {
      const unsigned char *protocol;
      unsigned length;
      SSL_get0_alpn_selected(c->ssl, &protocol, &length);
      c->http2 = length == 2;
    }
    if (!answer(c)) return 0;
  } while (c->ssl && !c->writing && SSL_has_pending(c->ssl));
  return 1;
}

static int choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *length,
                           const unsigned char *offered, unsigned offered_length, void *unused) {
  (void)ssl, (void)unused;
  static const unsigned char known[] = "\x02h2\x08http/1.1";
  int choice = SSL_select_next_proto((unsigned char **)out, length, known, sizeof known - 1, offered,
                                     offered_length);
  return choice == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static void prepare_tls(const char *certificate, const char *key) {
  tls = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1) {
    fprintf(stderr, "server: cannot use %s and %s\n", certificate, key);
    exit(1);
  }
  SSL_CTX_set_alpn_select_cb(tls, choose_protocol, NULL);
  SSL_CTX_set_read_ahead(tls, 1);  // a record by one read
  SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

static void take(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) return;
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection *c = calloc(1, sizeof *c);
  if (!c) die("server");
  c->fd = fd;
  if (tls) {
    c->ssl = SSL_new(tls);
    SSL_set_fd(c->ssl, fd);
    SSL_set_accept_state(c->ssl);
  }
  struct epoll_event event = {EPOLLIN, {.ptr = c}};
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096) ||
      getsockname(listener, (struct sockaddr *)&address, &length)) {
    die("server");
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

int main(int count, char **arguments) {
  if (count != 2 && count != 4) {
    fprintf(stderr, "usage: server PORT [CERTIFICATE KEY]\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  if (count == 4) prepare_tls(arguments[2], arguments[3]);
  poller = epoll_create1(0);
  int listener = listen_on(atoi(arguments[1]));
  struct epoll_event event = {EPOLLIN, {.ptr = NULL}}, events[256];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      connection *c = events[i].data.ptr;
      if (!c) {
        take(listener);
      } else if (c->writing ? !flush(c) || !answer(c) : !receive(c)) {
        hang_up(c);
      }
    }
  }
}
