// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

// The work of ServicePass in Go, for the comparison of overheads: service <requests> none|heap|cpu|all
package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
)

type pair struct{ key, value string }

func order(number int) []pair {
	fields := make([]pair, 0)
	for field := 0; field < 40; field++ {
		fields = append(fields, pair{"field" + strconv.Itoa(field), strconv.Itoa(number*31 + field)})
	}
	return fields
}

func text(fields []pair) string {
	var out strings.Builder
	out.WriteString("{")
	for _, field := range fields {
		out.WriteString("\"" + field.key + "\":" + field.value + ",")
	}
	out.WriteString("}")
	return out.String()
}

func answer(text string) string {
	total := int64(0)
	for _, field := range strings.Split(text[1:len(text)-1], ",") {
		if colon := strings.IndexByte(field, ':'); colon >= 0 {
			value, _ := strconv.ParseInt(field[colon+1:], 10, 64)
			total += value
		}
	}
	return "{\"total\":" + strconv.FormatInt(total, 10) + "}"
}

func serve(requests int) (sum int) {
	for request := 0; request < requests; request++ {
		sum += len(answer(text(order(request))))
	}
	return sum
}

func cpu() float64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func main() {
	requests, _ := strconv.Atoi(os.Args[1])
	mode := os.Args[2]
	if mode != "heap" && mode != "all" {
		runtime.MemProfileRate = 0
	}
	if mode == "cpu" || mode == "all" {
		_ = pprof.StartCPUProfile(io.Discard)
		defer pprof.StopCPUProfile()
	}
	serve(requests / 4)
	before := cpu()
	sum := serve(requests)
	fmt.Printf("%.3f s of CPU time (%d)\n", cpu()-before, sum)
}
