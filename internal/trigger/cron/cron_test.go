package cron_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/adhocore/gronx"
	"pgregory.net/rapid"

	"dhub/entity"
	"dhub/internal/trigger/cron"
)

const stamp = "2006-01-02 15:04:05"

func parse(t *testing.T, expr, zone string) cron.Schedule {
	t.Helper()
	s, err := cron.Parse(expr, zone)
	if err != nil {
		t.Fatalf("parse %q: %v", expr, err)
	}
	return s
}

// ticks returns the clock times of the next n ticks.
func ticks(t *testing.T, s cron.Schedule, after time.Time, n int) []string {
	t.Helper()
	var out []string
	for range n {
		next, err := s.Next(after)
		if err != nil {
			return append(out, err.Error())
		}
		if !next.After(after) || next.Location() != time.UTC {
			t.Fatalf("%s: got %s after %s", s, next, after)
		}
		out = append(out, next.In(s.Location()).Format(stamp))
		after = next
	}
	return out
}

func TestTicks(t *testing.T) {
	t.Parallel()
	const never = "the schedule has no further tick"
	for _, c := range []struct{ expr, after, want string }{
		// Unix
		{"*/15 * * * *", "2026-01-01 00:00:00", "2026-01-01 00:15:00|2026-01-01 00:30:00|2026-01-01 00:45:00|2026-01-01 01:00:00"},
		{"5 4 * * *", "2026-01-01 04:05:00", "2026-01-02 04:05:00|2026-01-03 04:05:00"},
		{"0 0 * * 0", "2026-01-01 00:00:00", "2026-01-04 00:00:00|2026-01-11 00:00:00"},
		{"0 0 * * 7", "2026-01-01 00:00:00", "2026-01-04 00:00:00|2026-01-11 00:00:00"},
		{"0 0 * * 1-5", "2026-01-02 00:00:00", "2026-01-05 00:00:00|2026-01-06 00:00:00"},
		{"0 0 * * fri-mon", "2026-01-01 00:00:00", "2026-01-02 00:00:00|2026-01-03 00:00:00|2026-01-04 00:00:00|2026-01-05 00:00:00|2026-01-09 00:00:00"},
		{"0 0 * * 5-7", "2026-01-01 00:00:00", "2026-01-02 00:00:00|2026-01-03 00:00:00|2026-01-04 00:00:00|2026-01-09 00:00:00"},
		{"0 0 13 * 5", "2026-01-01 00:00:00", "2026-01-02 00:00:00|2026-01-09 00:00:00|2026-01-13 00:00:00|2026-01-16 00:00:00"},
		{"0 0 */10 * 1", "2026-01-01 00:00:00", "2026-05-11 00:00:00|2026-06-01 00:00:00"}, // * in a day field: both must fit
		{"30 8 1,15 jan,jul ?", "2026-01-01 08:30:00", "2026-01-15 08:30:00|2026-07-01 08:30:00"},
		{"0 12 29 2 *", "2026-01-01 00:00:00", "2028-02-29 12:00:00|2032-02-29 12:00:00"},
		{"0 12 29 2 *", "2096-03-01 00:00:00", "2104-02-29 12:00:00"},
		{"0 22-2 * * *", "2026-01-01 21:00:00", "2026-01-01 22:00:00|2026-01-01 23:00:00|2026-01-02 00:00:00|2026-01-02 01:00:00|2026-01-02 02:00:00|2026-01-02 22:00:00"},
		{"10-20/5 3 * * *", "2026-01-01 00:00:00", "2026-01-01 03:10:00|2026-01-01 03:15:00|2026-01-01 03:20:00|2026-01-02 03:10:00"},
		// Quartz
		{"0/10 * * * * ?", "2026-01-01 00:00:00", "2026-01-01 00:00:10|2026-01-01 00:00:20|2026-01-01 00:00:30"},
		{"30 * * * * ?", "2026-01-01 00:00:30", "2026-01-01 00:01:30|2026-01-01 00:02:30"},
		{"0 0 2 * * ?", "2026-01-01 00:00:00", "2026-01-01 02:00:00|2026-01-02 02:00:00"},
		{"0 0 9 ? * 1", "2026-01-01 00:00:00", "2026-01-04 09:00:00|2026-01-11 09:00:00"},                       // 1 is Sunday
		{"0 0 9 ? * 2-6", "2026-01-02 09:00:00", "2026-01-05 09:00:00|2026-01-06 09:00:00"},                     // Monday to Friday
		{"0 0 9 ? * MON,WED", "2026-01-01 00:00:00", "2026-01-05 09:00:00|2026-01-07 09:00:00"},                 // names
		{"0 0 9 ? * 7", "2026-01-01 00:00:00", "2026-01-03 09:00:00"},                                           // Saturday
		{"0 0 9 ? * L", "2026-01-01 00:00:00", "2026-01-03 09:00:00"},                                           // Saturday
		{"0 0 9 ? * 1/2", "2026-01-01 00:00:00", "2026-01-01 09:00:00|2026-01-03 09:00:00|2026-01-04 09:00:00"}, // Sun Tue Thu Sat
		{"0 15 10 ? * 6L", "2026-01-01 00:00:00", "2026-01-30 10:15:00|2026-02-27 10:15:00"},
		{"0 15 10 ? * FRIL", "2026-01-01 00:00:00", "2026-01-30 10:15:00|2026-02-27 10:15:00"},
		{"0 15 10 ? * 6#3", "2026-01-01 00:00:00", "2026-01-16 10:15:00|2026-02-20 10:15:00"},
		{"0 0 0 ? * 5#5", "2026-01-01 00:00:00", "2026-01-29 00:00:00|2026-04-30 00:00:00"},
		{"0 0 0 L * ?", "2026-01-01 00:00:00", "2026-01-31 00:00:00|2026-02-28 00:00:00|2026-03-31 00:00:00"},
		{"0 0 0 L-3 * ?", "2026-01-01 00:00:00", "2026-01-28 00:00:00|2026-02-25 00:00:00"},
		{"0 0 0 LW * ?", "2026-01-01 00:00:00", "2026-01-30 00:00:00|2026-02-27 00:00:00|2026-03-31 00:00:00"},
		{"0 0 0 1W * ?", "2026-01-02 00:00:00", "2026-02-02 00:00:00|2026-03-02 00:00:00|2026-04-01 00:00:00"},
		{"0 0 0 15W * ?", "2026-02-01 00:00:00", "2026-02-16 00:00:00|2026-03-16 00:00:00"},
		{"0 0 0 31W * ?", "2026-01-31 00:00:00", "2026-03-31 00:00:00|2026-05-29 00:00:00"}, // not in months without a 31st
		{"0 0 12 1 1 ? 2027-2029", "2026-01-01 00:00:00", "2027-01-01 12:00:00|2028-01-01 12:00:00|2029-01-01 12:00:00|" + never},
		{"0 0 12 1 1 ? 2025", "2026-01-01 00:00:00", never},
		{"0 0 0 30 2 ? 2026", "2026-01-01 00:00:00", never},
		// words
		{"@hourly", "2026-01-01 00:30:00", "2026-01-01 01:00:00|2026-01-01 02:00:00"},
		{"@daily", "2026-01-01 00:30:00", "2026-01-02 00:00:00"},
		{"@weekly", "2026-01-01 00:30:00", "2026-01-04 00:00:00"},
		{"@monthly", "2026-01-01 00:30:00", "2026-02-01 00:00:00|2026-03-01 00:00:00"},
		{"@Yearly", "2026-01-01 00:30:00", "2027-01-01 00:00:00|2028-01-01 00:00:00"},
		{"  @annually ", "2026-01-01 00:30:00", "2027-01-01 00:00:00"},
	} {
		t.Run(c.expr, func(t *testing.T) {
			t.Parallel()
			after, err := time.Parse(stamp, c.after)
			if err != nil {
				t.Fatal(err)
			}
			got := ticks(t, parse(t, c.expr, ""), after.Add(300*time.Millisecond), strings.Count(c.want, "|")+1)
			if strings.Join(got, "|") != c.want {
				t.Errorf("got %s, want %s", strings.Join(got, "|"), c.want)
			}
		})
	}
}

func TestClocksThatJump(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expr, zone, after, want string }{
		// Rome jumps from 2:00 to 3:00 on 29 March 2026 (1:00 UTC) and back from 3:00 to 2:00 on 25 October.
		{"30 2 * * *", "Europe/Rome", "2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z"},
		{"0 3 * * *", "Europe/Rome", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T01:00:00Z"},
		{"15,45 2,3 * * *", "Europe/Rome", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z 2026-03-29T01:15:00Z 2026-03-29T01:45:00Z 2026-03-30T00:15:00Z"},
		{"*/30 * * * *", "Europe/Rome", "2026-03-29T00:15:00Z", "2026-03-29T00:30:00Z 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z"},
		{"30 2 * * *", "Europe/Rome", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z"},
		{"0 3 * * *", "Europe/Rome", "2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z 2026-10-26T02:00:00Z"},
		{"30 2 * * *", "Europe/Rome", "2026-10-25T01:00:00Z", "2026-10-26T01:30:00Z"}, // asked in the repeated hour
		{"*/30 * * * *", "Europe/Rome", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z"},
		{"0 0 * * * ?", "Europe/Rome", "2026-10-24T23:30:00Z", "2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z"},
		{"CRON_TZ=America/New_York 0 9 * * *", "Europe/Rome", "2026-03-07T12:00:00Z", "2026-03-07T14:00:00Z 2026-03-08T13:00:00Z"},
		{"TZ=Asia/Kolkata 0 0 * * *", "", "2026-01-01T00:00:00Z", "2026-01-01T18:30:00Z"},
		// Lord Howe moves by half an hour: from 2:00 to 2:30 on 4 October 2026 (15:30 UTC the day before).
		{"15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z 2026-10-04T15:15:00Z"},
		// The last day of a leap year.
		{"30 5 * * *", "Europe/Rome", "2028-12-30T00:00:00Z", "2028-12-30T04:30:00Z 2028-12-31T04:30:00Z 2029-01-01T04:30:00Z"},
		{"0 12 29 2 *", "Europe/Rome", "2096-03-01T00:00:00Z", "2104-02-29T11:00:00Z"},
		// Samoa left out 30 December 2011: the tick comes when the day would have begun.
		{"0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", "2011-12-30T10:00:00Z 2012-12-29T22:00:00Z"},
	} {
		t.Run(c.expr+" "+c.zone, func(t *testing.T) {
			t.Parallel()
			after, err := time.Parse(time.RFC3339, c.after)
			if err != nil {
				t.Fatal(err)
			}
			s := parse(t, c.expr, c.zone)
			for want := range strings.SplitSeq(c.want, " ") {
				got, err := s.Next(after)
				if err != nil || got.Format(time.RFC3339) != want {
					t.Fatalf("got %s %v after %s, want %s", got.Format(time.RFC3339), err, after.Format(time.RFC3339), want)
				}
				after = got
			}
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for expr, part := range map[string]string{
		"":                            "empty",
		"* * * *":                     "4 fields",
		"0 0 0 0 0 0 0 0":             "8 fields",
		"60 * * * *":                  `minute has "60"`,
		"* 24 * * *":                  `hour has "24"`,
		"* * 0 * *":                   `day of month has "0"`,
		"* * 32 * *":                  `day of month has "32"`,
		"* * * 13 *":                  `month has "13"`,
		"* * * FEBR *":                `month has "FEBR"`,
		"* * * * 8":                   `day of week has "8"`,
		"0 0 0 ? * 0":                 `day of week has "0"`, // Quartz counts from 1
		"* * * * * ?":                 "every second",
		"0 0 12 1 * 2":                "write ?",
		"*/0 * * * *":                 "step",
		"*/61 * * * *":                "step",
		"1- * * * *":                  `minute has ""`,
		"+1 * * * *":                  `minute has "+1"`,
		"-1 * * * *":                  `minute has ""`,
		"1,,2 * * * *":                `minute has ""`,
		"0 0 0 ? * 2#6":               "from 1 to 5",
		"0 0 0 L-31 * ?":              "from 1 to 30",
		"0 0 30 2 *":                  "never fire",
		"0 0 31 4,6,9,11 *":           "never fire",
		"@every 5m":                   "@hourly",
		"@reboot":                     "@hourly",
		"CRON_TZ=Mars/Base * * * * *": "Mars/Base",
		"0 0 0 1 1 ? 1969":            `year has "1969"`,
		"hello":                       "1 fields",
	} {
		_, err := cron.Parse(expr, "")
		e, ok := errors.AsType[*entity.Error](err)
		if !ok || e.Code != entity.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Pointer != "/spec/schedule" || !strings.Contains(e.Message, part) {
			t.Errorf("%q: got %v, want invalid input at /spec/schedule with %q", expr, err, part)
		}
	}
	for _, zone := range []string{"Mars/Base", "../etc/passwd"} {
		if _, err := cron.Parse("* * * * *", zone); entity.CodeOf(err) != entity.CodeInvalid {
			t.Errorf("got %v for the zone %q, want invalid", err, zone)
		}
	}
}

// TestAgreesWithGronx compares with an independent evaluator on what both read alike.
func TestAgreesWithGronx(t *testing.T) {
	t.Parallel()
	value := func(lo, hi int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			n := rapid.IntRange(lo, hi).Draw(t, "n")
			switch rapid.IntRange(0, 5).Draw(t, "form") {
			case 0, 1:
				return "*"
			case 2:
				return fmt.Sprintf("*/%d", rapid.IntRange(1, hi-lo).Draw(t, "step"))
			case 3:
				return fmt.Sprintf("%d-%d", n, rapid.IntRange(n, hi).Draw(t, "to"))
			case 4:
				return fmt.Sprintf("%d,%d", n, rapid.IntRange(lo, hi).Draw(t, "or"))
			}
			return fmt.Sprint(n)
		})
	}
	rapid.Check(t, func(rt *rapid.T) {
		expr := strings.Join([]string{value(0, 59).Draw(rt, "minute"), value(0, 23).Draw(rt, "hour"), value(1, 28).Draw(rt, "day"),
			value(1, 12).Draw(rt, "month"), value(0, 6).Draw(rt, "week")}, " ")
		s, err := cron.Parse(expr, "")
		if err != nil {
			rt.Fatal(err)
		}
		g := gronx.New()
		base := rapid.Int64Range(29453760, 31000000).Draw(rt, "minute of the epoch")
		for i := range int64(400) { // close by and far away
			at := time.Unix((base+i+i*i*i)*60, 0).UTC()
			want, err := g.IsDue(expr, at)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := s.Next(at.Add(-time.Second))
			if (err == nil && got.Equal(at)) != want {
				rt.Fatalf("%s at %s: got %s %v, want due %v", expr, at, got, err, want)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"* * * * *", "0/10 * * * * ?", "0 0 0 L-3,15W * ? 2030", "@daily", "CRON_TZ=Europe/Rome 1 2 ? * 6#3", "5-1/2 7-2 * * sat-mon"} {
		f.Add(s)
	}
	at := time.Date(2026, 3, 29, 0, 59, 59, 0, time.UTC)
	f.Fuzz(func(t *testing.T, expr string) {
		s, err := cron.Parse(expr, "Europe/Rome")
		if err != nil {
			if entity.CodeOf(err) != entity.CodeInvalid {
				t.Fatalf("got %v", err)
			}
			return
		}
		if next, err := s.Next(at); err == nil && !next.After(at) {
			t.Fatalf("%q: got %s, not after %s", expr, next, at)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	s, err := cron.Parse("0 12 29 2 *", "Europe/Rome")
	if err != nil {
		b.Fatal(err)
	}
	at := time.Date(2096, 3, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := s.Next(at); err != nil {
			b.Fatal(err)
		}
	}
}
