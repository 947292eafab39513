package entity_test

import (
	"testing"

	"dhub/entity"
)

func TestCheckMetric(t *testing.T) {
	t.Parallel()
	for raw, ok := range map[string]bool{
		`1`: true, `-0.5e3`: true, `[]`: true, `[1, 2.0]`: true, `"NaN"`: true, `["Infinity", "-Infinity", 1]`: true,
		``: false, `NaN`: false, `"text"`: false, `true`: false, `null`: false, `{}`: false, `[1,"x"]`: false, `[[1]]`: false, `[null]`: false,
	} {
		if err := entity.CheckMetric([]byte(raw)); (err == nil) != ok || err != nil && entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("%s: got %v, want ok %v", raw, err, ok)
		}
	}
}
