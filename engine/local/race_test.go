//go:build linux && race

package local_test

const mostRSS = 64 << 10 // KiB: the detector's own memory comes on top
