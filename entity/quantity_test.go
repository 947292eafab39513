package entity

import "testing"

func TestParseQuantity(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]float64{"500m": 0.5, "2": 2, "512Mi": 512 << 20, "1.5G": 1.5e9, " 4Gi ": 4 << 30, "0": 0, "2e3": 2000} {
		if got, ok := ParseQuantity(s); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "Gi", "-1", "4 gigs", "1x", "NaN", "Inf", "1e400"} {
		if got, ok := ParseQuantity(s); ok {
			t.Errorf("%q: %v", s, got)
		}
	}
}
