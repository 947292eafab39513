package storetest

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dhub/entity"
	"dhub/internal/store"
)

func testAttempts(t *testing.T, b *bundle) {
	want := store.Attempt{RunUID: "u", RunID: "r", Number: 1, Engine: "local", Host: "h", Handle: nil, Runnable: []byte(`{"main":{"Command":["x"]}}`), Gen: 7,
		Sealed: []byte{0, 1, 2}, TokenHash: []byte{9, 0, 9}, Started: b.clock.Now(), Phase: "running"}
	second := want
	second.Number, second.TokenHash, second.Cleared = 2, nil, true
	b.write(func(tx store.Tx) error {
		for _, a := range []store.Attempt{second, want} {
			if err := tx.Attempts().Create(b.ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
	b.wantCode(b.Write(b.ctx, func(tx store.Tx) error { return tx.Attempts().Create(b.ctx, want) }), entity.CodeConflict)
	b.write(func(tx store.Tx) error {
		return tx.Attempts().Update(b.ctx, "u", 1, func(a store.Attempt) (store.Attempt, error) {
			if d := cmp.Diff(want, a); d != "" {
				t.Error(d)
			}
			a.Handle, a.Status, a.Finished, a.Phase = []byte(`{}`), []byte(`{"phase":"succeeded"}`), b.clock.Now(), "succeeded"
			return a, nil
		})
	})
	want.Handle, want.Status, want.Finished, want.Phase = []byte(`{}`), []byte(`{"phase":"succeeded"}`), b.clock.Now(), "succeeded"
	b.read(func(tx store.Tx) error {
		list, err := tx.Attempts().List(b.ctx, "u")
		if d := cmp.Diff([]store.Attempt{want, second}, list); d != "" {
			t.Errorf("list: %s", d)
		}
		if err != nil {
			return err
		}
		for _, x := range []struct {
			engine, host string
			want         int
		}{{"local", "h", 1}, {"", "", 1}, {"local", "other", 0}, {"fake", "h", 0}} {
			if list, err := tx.Attempts().Uncleared(b.ctx, x.engine, x.host, 5); err != nil || len(list) != x.want {
				t.Errorf("got %d uncleared of %q on %q (%v), want %d", len(list), x.engine, x.host, err, x.want)
			}
		}
		a, err := tx.Attempts().ByToken(b.ctx, []byte{9, 0, 9})
		if err != nil || a.Number != 1 {
			t.Errorf("by token: got %d, %v", a.Number, err)
		}
		for _, hash := range [][]byte{nil, {}, {9}} {
			_, err = tx.Attempts().ByToken(b.ctx, hash)
			b.wantCode(err, entity.CodeNotFound)
		}
		_, err = tx.Attempts().Get(b.ctx, "u", 3)
		b.wantCode(err, entity.CodeNotFound)
		return nil
	})
}

func testLogs(t *testing.T, b *bundle) {
	m := store.LogMeta{RunUID: "u", RunID: "r", Project: "p", Attempt: 1, Container: "main", Created: b.clock.Now(), Updated: b.clock.Now()}
	var all []byte
	for i := range 5 {
		chunk := bytes.Repeat([]byte{byte(i), 0, 0xff, '\n'}, 40_000*i+1)
		all = append(all, chunk...)
		m.Size, m.Cursor = int64(len(all)), string(rune('a'+i))
		b.write(func(tx store.Tx) error { return tx.Logs().Append(b.ctx, m, chunk) })
	}
	b.wantCode(b.Write(b.ctx, func(tx store.Tx) error { return tx.Logs().Append(b.ctx, m, []byte("twice")) }), entity.CodeConflict)
	read := func(offset int64, max int) (data []byte) {
		b.read(func(tx store.Tx) (err error) {
			data, err = tx.Logs().Read(b.ctx, "u", 1, "main", offset, max)
			return err
		})
		return data
	}
	for _, x := range [][2]int{{0, len(all)}, {0, 10}, {5, 300_000}, {len(all) - 3, 100}, {len(all), 5}, {len(all) + 9, 5}, {160_010, 1}} {
		want := all[min(x[0], len(all)):min(x[0]+x[1], len(all))]
		if got := read(int64(x[0]), x[1]); !bytes.Equal(got, want) {
			t.Errorf("offset %d, max %d: got %d bytes, want %d", x[0], x[1], len(got), len(want))
		}
	}
	m.Blob, m.Closed = "logs/x", true
	b.write(func(tx store.Tx) error {
		if err := tx.Logs().Put(b.ctx, m, nil); err != nil {
			return err
		}
		return tx.Logs().Put(b.ctx, store.LogMeta{RunUID: "u", RunID: "r", Project: "p", Attempt: 2, Container: "init", Size: 3, Closed: true}, []byte("abc"))
	})
	if got := read(0, 10); len(got) != 0 {
		t.Errorf("got %d inline bytes after the log moved", len(got))
	}
	testLogMarks(t, b)
	b.read(func(tx store.Tx) error {
		list, err := tx.Logs().List(b.ctx, "u")
		if len(list) != 2 || cmp.Diff(m, list[0]) != "" {
			t.Errorf("got %+v", list)
		}
		return err
	})
	b.wantCode(b.Write(b.ctx, func(tx store.Tx) error {
		_, err := tx.Logs().Delete(b.ctx, "u", 2, "main")
		return err
	}), entity.CodeNotFound)
	b.write(func(tx store.Tx) error {
		if blob, err := tx.Logs().Delete(b.ctx, "u", 2, "init"); err != nil || blob != "" {
			t.Errorf("delete an inline log: got %q, %v", blob, err)
		}
		list, err := tx.Logs().List(b.ctx, "u")
		if len(list) != 1 || list[0].Attempt != 1 {
			t.Errorf("after the deletion of one: got %+v", list)
		}
		if err != nil {
			return err
		}
		marks, err := tx.Logs().Marks(b.ctx, "u", 2, "init", 0)
		if len(marks) != 0 {
			t.Errorf("%q is left of a deleted log", marks)
		}
		return err
	})
	b.write(func(tx store.Tx) error {
		blobs, err := tx.Logs().DeleteAll(b.ctx, "u")
		if d := cmp.Diff([]string{"logs/x"}, blobs); d != "" {
			t.Error(d)
		}
		return err
	})
	b.read(func(tx store.Tx) error {
		list, err := tx.Logs().List(b.ctx, "u")
		if len(list) != 0 {
			t.Errorf("got %d logs after deletion", len(list))
		}
		if err != nil {
			return err
		}
		marks, err := tx.Logs().Marks(b.ctx, "u", 1, "main", 0)
		if len(marks) != 0 {
			t.Errorf("%q is left of deleted logs", marks)
		}
		return err
	})
}

// testLogMarks leaves marks with the main log of attempt 1 and with the log init of attempt 2.
func testLogMarks(t *testing.T, b *bundle) {
	from := func(offset int64, attempt int, container string, want ...string) {
		t.Helper()
		b.read(func(tx store.Tx) error {
			list, err := tx.Logs().Marks(b.ctx, "u", attempt, container, offset)
			var got []string
			for _, marks := range list {
				got = append(got, string(marks))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("marks of %s of attempt %d from %d: %s", container, attempt, offset, d)
			}
			return err
		})
	}
	want := func(attempt int, container string, want ...string) {
		t.Helper()
		from(0, attempt, container, want...)
	}
	put := func(attempt int, container string, offset int64, marks string) {
		t.Helper()
		b.write(func(tx store.Tx) error {
			return tx.Logs().PutMarks(b.ctx, "u", attempt, container, offset, []byte(marks))
		})
	}
	want(1, "main")
	for offset, marks := range []string{"a\x00\xff", "b", "c"} {
		put(1, "main", int64(offset)*1000, marks)
	}
	put(2, "init", 0, "other")
	want(1, "main", "a\x00\xff", "b", "c")
	from(999, 1, "main", "a\x00\xff", "b", "c")
	from(1000, 1, "main", "b", "c")
	from(1<<40, 1, "main", "c")
	put(1, "main", 1000, "B") // in the place of what was there from 1000 on
	want(1, "main", "a\x00\xff", "B")
	put(1, "main", 0, "")
	want(1, "main")
	put(1, "main", 0, "all")
	want(1, "main", "all")
	want(2, "init", "other")
}

func testSide(t *testing.T, b *bundle) {
	digits := "0." + strings.Repeat("3", 100)
	b.write(func(tx store.Tx) error {
		for _, err := range []error{
			tx.Files().Put(b.ctx, entity.Model, "m", []byte(`[1.0]`)), tx.Files().Put(b.ctx, entity.Model, "m", []byte(`[2.0]`)),
			tx.Metrics().Put(b.ctx, entity.Model, "m", "acc", []byte(`[0.10]`)), tx.Metrics().Put(b.ctx, entity.Model, "m", "acc", []byte(`0.90`)), tx.Metrics().Put(b.ctx, entity.Model, "m", "loss", []byte(`1`)),
			tx.Metrics().Put(b.ctx, entity.Model, "long", "series", []byte("["+strings.Repeat("0.25, ", 1000)+"-0.5e-3 ]")), tx.Metrics().Put(b.ctx, entity.Model, "long", "digits", []byte(digits)),
			tx.Metrics().Put(b.ctx, entity.Model, "long", "none", []byte(`[]`)), tx.Metrics().Put(b.ctx, entity.Model, "long", "no", []byte(`[1,"NaN"]`)), tx.Metrics().Put(b.ctx, entity.Run, "m", "other", []byte(`5`)),
			tx.Values().Put(b.ctx, "p", "S", []byte{0, 1}), tx.Values().Put(b.ctx, "p", "S", []byte{0, 2}), tx.Values().Put(b.ctx, "p", "T", nil), tx.Values().Put(b.ctx, "q", "S", []byte{3}),
			tx.Idempotency().Put(b.ctx, "k", []byte{1}, []byte("answer")),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	b.read(func(tx store.Tx) error {
		if list, err := tx.Files().Get(b.ctx, entity.Model, "m"); err != nil || string(list) != `[2.0]` {
			t.Errorf("files: got %s, %v", list, err)
		}
		if list, err := tx.Files().Get(b.ctx, entity.Model, "none"); err != nil || list != nil {
			t.Errorf("no files: got %s, %v", list, err)
		}
		all, err := tx.Metrics().All(b.ctx, entity.Model, "m")
		if d := cmp.Diff(map[string][]byte{"acc": []byte("0.90"), "loss": []byte("1")}, all); d != "" || err != nil {
			t.Errorf("metrics: %s %v", d, err)
		}
		many := make([]string, 300, 302)
		for i := range many {
			many[i] = "nothing" + strconv.Itoa(i)
		}
		last, err := tx.Metrics().Last(b.ctx, entity.Model, append(many, "m", "long"))
		if d := cmp.Diff(map[string]map[string][]byte{"m": {"acc": []byte("0.90"), "loss": []byte("1")},
			"long": {"digits": []byte(digits), "series": []byte("-0.5e-3"), "no": []byte(`"NaN"`)}}, last); d != "" || err != nil {
			t.Errorf("last metrics: %s %v", d, err)
		}
		if last, err := tx.Metrics().Last(b.ctx, entity.Model, nil); len(last) != 0 || err != nil {
			t.Errorf("of nothing: %v, %v", last, err)
		}
		if v, err := tx.Values().Get(b.ctx, "p", "S"); err != nil || !bytes.Equal(v, []byte{0, 2}) {
			t.Errorf("value: got %v, %v", v, err)
		}
		_, err = tx.Values().Get(b.ctx, "p", "U")
		b.wantCode(err, entity.CodeNotFound)
		hash, answer, err := tx.Idempotency().Get(b.ctx, "k")
		if err != nil || !bytes.Equal(hash, []byte{1}) || string(answer) != "answer" {
			t.Errorf("idempotency: got %v %s %v", hash, answer, err)
		}
		_, _, err = tx.Idempotency().Get(b.ctx, "none")
		b.wantCode(err, entity.CodeNotFound)
		return nil
	})
	b.write(func(tx store.Tx) error {
		for _, err := range []error{
			tx.Files().Delete(b.ctx, entity.Model, "m"), tx.Metrics().DeleteAll(b.ctx, entity.Model, "m"),
			tx.Values().Delete(b.ctx, "q", "S"), tx.Values().DeleteProject(b.ctx, "p"),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	b.read(func(tx store.Tx) error {
		for _, project := range []string{"p", "q"} {
			_, err := tx.Values().Get(b.ctx, project, "S")
			b.wantCode(err, entity.CodeNotFound)
		}
		all, err := tx.Metrics().All(b.ctx, entity.Model, "m")
		if len(all) != 0 {
			t.Errorf("got metrics %v after deletion", all)
		}
		return err
	})
}

func testSchedules(t *testing.T, b *bundle) {
	now := b.clock.Now()
	put := func(owner string, next time.Time) {
		b.write(func(tx store.Tx) error {
			return tx.Schedules().Put(b.ctx, store.Schedule{Owner: owner, Project: "p", Spec: []byte(`{"cron":"* * * * *"}`), Next: next, Last: now})
		})
	}
	b.read(func(tx store.Tx) error {
		next, err := tx.Schedules().Next(b.ctx)
		if !next.IsZero() {
			t.Errorf("got next %v of no schedule", next)
		}
		return err
	})
	put("trigger/a", now.Add(2*time.Second))
	put("trigger/b", now.Add(time.Second))
	put("run/c", time.Time{})
	put("trigger/d", now.Add(time.Hour))
	b.read(func(tx store.Tx) error {
		due, err := tx.Schedules().Due(b.ctx, now.Add(2*time.Second), 10)
		if len(due) != 2 || due[0].Owner != "trigger/b" || due[1].Owner != "trigger/a" {
			t.Errorf("got due %v", due)
		}
		next, _ := tx.Schedules().Next(b.ctx)
		if !next.Equal(now.Add(time.Second)) {
			t.Errorf("got next %v", next)
		}
		return err
	})
	put("trigger/b", now.Add(3*time.Hour))
	b.write(func(tx store.Tx) error {
		if err := tx.Schedules().Delete(b.ctx, "trigger/a"); err != nil {
			return err
		}
		return tx.Schedules().SetOffset(b.ctx, "lifecycle", 42)
	})
	b.read(func(tx store.Tx) error {
		next, err := tx.Schedules().Next(b.ctx)
		if !next.Equal(now.Add(time.Hour)) || err != nil {
			t.Errorf("got next %v %v", next, err)
		}
		got, err := tx.Schedules().Get(b.ctx, "run/c")
		if d := cmp.Diff(store.Schedule{Owner: "run/c", Project: "p", Spec: []byte(`{"cron":"* * * * *"}`), Last: now}, got); d != "" || err != nil {
			t.Errorf("%s %v", d, err)
		}
		_, err = tx.Schedules().Get(b.ctx, "trigger/a")
		b.wantCode(err, entity.CodeNotFound)
		for reader, want := range map[string]int64{"lifecycle": 42, "new": 0} {
			if n, err := tx.Schedules().Offset(b.ctx, reader); err != nil || n != want {
				t.Errorf("got offset %d of %s, %v", n, reader, err)
			}
		}
		return nil
	})
}

func testLeases(t *testing.T, b *bundle) {
	acquire := func(holder string) (fence int64, err error) {
		err = b.Write(b.ctx, func(tx store.Tx) (err error) {
			fence, err = tx.Leases().Acquire(b.ctx, "driver", holder, time.Minute)
			return err
		})
		return fence, err
	}
	check := func(fence int64) (err error) {
		b.read(func(tx store.Tx) error { err = tx.Leases().Check(b.ctx, "driver", fence); return nil })
		return err
	}
	must := func(holder string) int64 {
		t.Helper()
		fence, err := acquire(holder)
		if err != nil {
			t.Fatal(err)
		}
		return fence
	}
	b.wantCode(check(1), entity.CodeConflict)
	one := must("a")
	if renewed := must("a"); renewed != one {
		t.Errorf("got fence %d for the same holder, want %d", renewed, one)
	}
	_, err := acquire("b")
	b.wantCode(err, entity.CodeConflict)
	if err := check(one); err != nil {
		t.Error(err)
	}
	b.clock.Add(2 * time.Minute)
	if err := check(one); err != nil {
		t.Errorf("a lease that ran out and that nobody took: %v", err)
	}
	two := must("b")
	if two <= one {
		t.Errorf("got fence %d after %d", two, one)
	}
	b.wantCode(check(one), entity.CodeConflict)
	_, err = acquire("a")
	b.wantCode(err, entity.CodeConflict)
	b.write(func(tx store.Tx) error { return tx.Leases().Release(b.ctx, "driver", "a") })
	if err := check(two); err != nil {
		t.Errorf("released by one who does not hold it: %v", err)
	}
	b.write(func(tx store.Tx) error { return tx.Leases().Release(b.ctx, "driver", "b") })
	b.wantCode(check(two), entity.CodeConflict)
	if three := must("a"); three <= two {
		t.Errorf("got fence %d after %d", three, two)
	}
}

func testSettings(t *testing.T, b *bundle) {
	get := func(name string) (value string, err error) {
		b.read(func(tx store.Tx) error {
			raw, e := tx.Settings().Get(b.ctx, name)
			value, err = string(raw), e
			return nil
		})
		return value, err
	}
	_, err := get("installation")
	b.wantCode(err, entity.CodeNotFound)
	for _, want := range []string{`{"a":1.0}`, `{}`} {
		b.write(func(tx store.Tx) error { return tx.Settings().Put(b.ctx, "installation", []byte(want)) })
		if got, err := get("installation"); got != want || err != nil {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
	_, err = get("other")
	b.wantCode(err, entity.CodeNotFound)
}

func testEachValue(t *testing.T, b *bundle) {
	b.write(func(tx store.Tx) error {
		for _, x := range [][2]string{{"q", "a"}, {"p", "b"}, {"p", "a"}} {
			if err := tx.Values().Put(b.ctx, x[0], x[1], []byte(x[0]+x[1])); err != nil {
				return err
			}
		}
		return nil
	})
	b.write(func(tx store.Tx) error { // sealing anew writes while it reads
		return tx.Values().Each(b.ctx, func(project, name string, sealed []byte) error {
			return tx.Values().Put(b.ctx, project, name, append(sealed, '!'))
		})
	})
	var got []string
	b.read(func(tx store.Tx) error {
		return tx.Values().Each(b.ctx, func(project, name string, sealed []byte) error {
			got = append(got, project+"/"+name+"="+string(sealed))
			return nil
		})
	})
	if d := cmp.Diff([]string{"p/a=pa!", "p/b=pb!", "q/a=qa!"}, got); d != "" {
		t.Error(d)
	}
	stop := errors.New("enough")
	b.read(func(tx store.Tx) error {
		if err := tx.Values().Each(b.ctx, func(string, string, []byte) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("got %v, want the function's error", err)
		}
		return nil
	})
}
