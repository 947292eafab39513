package trigger_test

import (
	"fmt"
	"testing"

	"dhub/entity"
	"dhub/internal/store"
	"dhub/internal/trigger"
)

func TestExplainAndMatches(t *testing.T) {
	inWorld(t, func(w *world) {
		e, err := w.m.Explain("0 2 * * *", "Europe/Rome", "it", 2)
		if err != nil || e.Words != "ogni giorno alle 02:00" || e.Timezone != "Europe/Rome" || len(e.Next) != 2 || e.Next[0] != "2000-01-01T01:00:00.000Z" {
			w.t.Errorf("%+v %v", e, err)
		}
		if _, err := w.m.Explain("0 99 * * *", "", "en", 1); entity.CodeOf(err) != entity.CodeInvalid {
			w.t.Error(err)
		}
		w.write(func(tx store.Tx) error {
			for i, name := range []string{"cities", "cities-old", "roads"} {
				if _, err := tx.Entities().Create(w.t.Context(), store.Record{Doc: entity.Doc{Entity: entity.DataItem, ID: fmt.Sprint("d", i), Name: name, Kind: "table", Project: "p"}, State: "READY"}); err != nil {
					return err
				}
			}
			return nil
		})
		for key, want := range map[string]int{"store://p/dataitem/table/cities*": 2, "store://p/dataitem": 3, "store://p/dataitems/table/roads": 1, "store://p/model": 0, "store://p/run": 0, "store://p/dataitem/*/*:d0": 1} {
			got, err := w.m.Matches(w.t.Context(), "p", key, 1)
			if err != nil || got.Total != want || len(got.Items) != min(want, 1) || got.More {
				w.t.Errorf("%s: %+v %v, want %d", key, got, err, want)
			}
		}
		for _, key := range []string{"cities", "store://q/dataitem", "store://p/dataitem/table/["} {
			if _, err := w.m.Matches(w.t.Context(), "p", key, 1); entity.CodeOf(err) != entity.CodeInvalid {
				w.t.Errorf("%s: %v", key, err)
			}
		}
	})
}

func TestFiresAndNextOf(t *testing.T) {
	inWorld(t, func(w *world) {
		w.trigger("daily", trigger.Scheduler, map[string]any{"schedule": "@daily"})
		w.trigger("hourly", trigger.Scheduler, map[string]any{"schedule": "@hourly"})
		list, err := w.m.Fires(w.t.Context(), "p", 5)
		if err != nil || len(list) != 2 || list[0].Name != "hourly" || list[0].Next != "2000-01-01T01:00:00.000Z" || list[1].Schedule != "@daily" {
			w.t.Errorf("%+v %v", list, err)
		}
		next, err := w.m.NextOf(w.t.Context(), "p")
		if err != nil || len(next) != 2 {
			w.t.Errorf("%v %v", next, err)
		}
	})
}
