//go:build linux && !race

package local_test

const mostRSS = 12 << 10 // KiB
