package cron_test

import (
	"testing"
	"time"

	"dhub/internal/trigger/cron"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"@daily":                  {"every day at 00:00", "ogni giorno alle 00:00"},
		"0 2 * * *":               {"every day at 02:00", "ogni giorno alle 02:00"},
		"0 0 2 * * ?":             {"every day at 02:00", "ogni giorno alle 02:00"},
		"@hourly":                 {"every hour", "ogni ora"},
		"5 * * * *":               {"every hour at minute 5", "ogni ora al minuto 5"},
		"*/15 * * * *":            {"every 15 minutes", "ogni 15 minuti"},
		"* * * * *":               {"every minute", "ogni minuto"},
		"0/10 * * * * ?":          {"every 10 seconds", "ogni 10 secondi"},
		"*/20 9-17 * * 1-5":       {"every 20 minutes during the hours 09 to 17 on Monday to Friday", "ogni 20 minuti nelle ore 09 – 17 di lunedì – venerdì"},
		"30 8,20 * * *":           {"every day at 08:30 and 20:30", "ogni giorno alle 08:30 e 20:30"},
		"0 9 * * MON,WED,SUN":     {"on Monday, Wednesday and Sunday at 09:00", "di lunedì, mercoledì e domenica alle 09:00"},
		"0 0 1 * *":               {"on day 1 of the month at 00:00", "il giorno 1 del mese alle 00:00"},
		"@yearly":                 {"on day 1 of the month at 00:00 in January", "il giorno 1 del mese alle 00:00 in gennaio"},
		"0 0 12 L * ?":            {"on the last day of the month at 12:00", "l'ultimo giorno del mese alle 12:00"},
		"0 12 1 * MON":            {"on day 1 of the month or on Monday at 12:00", "il giorno 1 del mese o di lunedì alle 12:00"},
		"0 0 12 ? * 2#1":          {`on the days that "0 0 12 ? * 2#1" says at 12:00`, `nei giorni che dice "0 0 12 ? * 2#1" alle 12:00`},
		"0 30 6 1 JUN-AUG ? 2030": {"on day 1 of the month at 06:30 in June to August in the years 2030", "il giorno 1 del mese alle 06:30 in giugno – agosto negli anni 2030"},
		"30 0 2 * * ?":            {"every day at 02:00:30", "ogni giorno alle 02:00:30"},
		"1,7 0-11 * * *":          {"at minute 1 and 7 of the hours 00 to 11", "al minuto 1 e 7 delle ore 00 – 11"},
	} {
		s, err := cron.Parse(text, "")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for i, lang := range []string{"en", "it"} {
			if got := s.Words(lang); got != want[i] {
				t.Errorf("%s in %s: %q, want %q", text, lang, got, want[i])
			}
		}
	}
}

func TestComing(t *testing.T) {
	t.Parallel()
	s, err := cron.Parse("0 0 2 1 1 ? 2030-2031", "Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	list := s.Coming(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 5)
	if len(list) != 2 || list[0].Format(time.RFC3339) != "2030-01-01T01:00:00Z" {
		t.Errorf("%v", list)
	}
}
