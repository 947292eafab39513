package main

import (
	"fmt"
	"slices"
	"time"
)

// sample is a set of durations.
type sample []time.Duration

func (s sample) at(q float64) time.Duration {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// ms is a quantile in milliseconds.
func (s sample) ms(q float64) float64 { return float64(s.at(q)) / 1e6 }

func (s sample) spread() string {
	return fmt.Sprintf("n %d, min %s, p50 %s, p95 %s, max %s ms", len(s), number(s.ms(0)), number(s.ms(0.5)), number(s.ms(0.95)), number(s.ms(1)))
}
