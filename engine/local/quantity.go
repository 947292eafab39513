package local

import (
	"math"

	"dhub/engine"
	"dhub/entity"
)

// parseQuantity reads a quantity as Kubernetes writes it: 512Mi, 1.5G, 2e9.
func parseQuantity(s string) (int64, bool) {
	n, ok := entity.ParseQuantity(s)
	if !ok || n > math.MaxInt64/2 {
		return 0, false
	}
	return int64(math.Ceil(n)), true
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
