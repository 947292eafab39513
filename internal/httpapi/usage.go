package httpapi

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"dhub/entity"
	"dhub/internal/run"
)

func (a *API) usageRoutes() []route {
	return []route{{method: "GET", path: proj + "/runs/{id}/usage", id: "readRunUsage", tag: "runs",
		summary: "What an attempt of a run used over time, as far as it has come: at most 300 samples. None of a run that its client executes, or where the engine takes none.",
		query:   []param{integer("attempt", "Number of the attempt; the latest unless given.")}, answer: "RunUsage", handle: readUsage}}
}

type usageBody struct {
	Attempt   int            `json:"attempt" doc:"Its number; 0: the run has none."`
	Samples   []usageSample  `json:"samples" doc:"Oldest first."`
	Resources usageResources `json:"resources"`
}

type usageSample struct {
	Time   string  `json:"time" doc:"RFC 3339."`
	CPU    float64 `json:"cpu_seconds" doc:"Processor time of all its processes until then; it never falls."`
	Memory int64   `json:"memory_bytes" doc:"Memory that they held at this moment."`
}

type usageResources struct {
	CPU    *usageAsked `json:"cpu,omitempty" doc:"In cores."`
	Memory *usageAsked `json:"memory,omitempty" doc:"In bytes."`
}

type usageAsked struct {
	Request float64 `json:"request,omitempty"`
	Limit   float64 `json:"limit,omitempty"`
}

func readUsage(c *call) error {
	attempt, err := c.integer("attempt", 1, 0)
	if err != nil {
		return err
	}
	if attempt > math.MaxInt32 {
		return badQuery("attempt", "range", "must be the number of an attempt, not %d.", attempt)
	}
	u, err := c.cfg.Logs.Usage(c.ctx(), c.project(), c.id(), int(attempt))
	if err != nil {
		return err
	}
	body := usageBody{Attempt: u.Attempt, Samples: make([]usageSample, len(u.Samples))}
	for i, s := range u.Samples {
		body.Samples[i] = usageSample{s.Time.UTC().Format("2006-01-02T15:04:05.000Z"), s.CPU, s.Memory}
	}
	body.Resources = usageResources{askedFor(u, "cpu"), askedFor(u, "memory")}
	return c.json(body)
}

func askedFor(u run.Usage, name string) *usageAsked {
	a, ok := u.Asked[name]
	if !ok || a == (run.Asked{}) {
		return nil
	}
	return &usageAsked{a.Request, a.Limit}
}

// logSample is a sample as published consoles read it beside a log: the use within a window that ends at its time.
type logSample struct {
	Timestamp string            `json:"timestamp"`
	Window    string            `json:"window"`
	Usage     map[string]string `json:"usage"`
}

// logSamples are the samples of the attempt whose main log l is, newest last. What cannot be told now is left out:
// the log is what was asked for.
func (c *call) logSamples(d entity.Doc, l run.LogView) []logSample {
	out := []logSample{}
	if l.Attempt == 0 || !isMain(l.Container) {
		return out
	}
	u, err := c.cfg.Logs.Usage(c.ctx(), d.Project, d.ID, l.Attempt)
	if err != nil {
		return out
	}
	for i := 1; i < len(u.Samples); i++ {
		before, now := u.Samples[i-1], u.Samples[i]
		window := now.Time.Sub(before.Time)
		if window <= 0 {
			continue
		}
		out = append(out, logSample{entity.FormatTime(now.Time), window.Round(time.Millisecond).String(), map[string]string{
			"cpu":    fmt.Sprintf("%.0fm", 1000*(now.CPU-before.CPU)/window.Seconds()),
			"memory": binaryQuantity(now.Memory),
		}})
	}
	return out
}

// binaryQuantity writes bytes as Kubernetes does: in the largest unit that leaves no rest.
func binaryQuantity(n int64) string {
	units := []string{"", "Ki", "Mi", "Gi", "Ti"}
	i := 0
	for n != 0 && n%1024 == 0 && i < len(units)-1 {
		n, i = n/1024, i+1
	}
	return strconv.FormatInt(n, 10) + units[i]
}
