// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

// Command TlsServer answers 100 bytes over TLS, by HTTP/1.1 and HTTP/2. For measurements only.
//
//	go run TlsServer.go 127.0.0.1:8443 cert.pem key.pem
package main

import (
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := []byte(strings.Repeat("x", 100))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write(body) })
	log.Fatal(http.ListenAndServeTLS(os.Args[1], os.Args[2], os.Args[3], nil))
}
