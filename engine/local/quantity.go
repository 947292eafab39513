package local

import (
	"math"
	"strconv"
	"strings"

	"dhub/engine"
	"dhub/entity"
)

var suffixes = map[string]float64{
	"": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
	"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40, "Pi": 1 << 50, "Ei": 1 << 60,
}

// parseQuantity reads a quantity as Kubernetes writes it: 512Mi, 1.5G, 2e9.
func parseQuantity(s string) (int64, bool) {
	s = strings.TrimSpace(s)
	i := strings.LastIndexAny(s, "0123456789.") + 1
	factor, ok := suffixes[s[i:]]
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(s[:i], 64)
	if err != nil || n < 0 || math.IsInf(n*factor, 0) || math.IsNaN(n) || n*factor > math.MaxInt64/2 {
		return 0, false
	}
	return int64(math.Ceil(n * factor)), true
}

// leastMemory is the smallest limit: with less, not even a shell starts.
const leastMemory = 4 << 20

// memoryLimit returns the limit in bytes, 0 for none. What is only asked for ("mem": "1Gi") limits too: here is
// nobody who reserves.
func memoryLimit(r engine.Runnable) (int64, error) {
	for _, name := range []string{"memory", "mem"} {
		limit := r.Resources[name].Limit
		if limit == "" {
			limit = r.Resources[name].Request
		}
		if limit != "" {
			n, ok := parseQuantity(limit)
			if !ok {
				return 0, entity.Invalid("/resources/"+name+"/limit", "pattern", "%q is not a quantity of memory such as 512Mi or 2G", limit)
			}
			if n < leastMemory {
				return 0, entity.Invalid("/resources/"+name+"/limit", "minimum", "%q is %d bytes, and nothing starts with less than 4Mi: give a unit, such as 512Mi or 2G", limit, n)
			}
			return n, nil
		}
	}
	return 0, nil
}
