package entity

import (
	"math"
	"strconv"
	"strings"
)

var quantitySuffixes = map[string]float64{
	"": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
	"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40, "Pi": 1 << 50, "Ei": 1 << 60,
}

// ParseQuantity reads an amount of a resource as Kubernetes writes it: 500m, 2, 512Mi, 1.5G.
func ParseQuantity(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	i := strings.LastIndexAny(s, "0123456789.") + 1
	factor, ok := quantitySuffixes[s[i:]]
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(s[:i], 64)
	if err != nil || n < 0 || math.IsInf(n*factor, 0) || math.IsNaN(n) {
		return 0, false
	}
	return n * factor, true
}
