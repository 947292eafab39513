package run

import (
	"testing"
	"time"
)

func TestOrderedIDsFollowTheClock(t *testing.T) {
	at := time.UnixMilli(0x0123456789ab)
	first, second, later := orderedID(at), orderedID(at), orderedID(at.Add(time.Millisecond))
	if len(first) != 32 || first[:13] != "0123456789ab7" || first == second || later <= first || later <= second {
		t.Errorf("got %s, %s and %s", first, second, later)
	}
}
