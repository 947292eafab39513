package httpapi

import (
	"encoding/json"
	"errors"

	"dhub/entity"
	"dhub/internal/run"
)

func (a *API) bulkRoutes() []route {
	return []route{{method: "POST", path: proj + "/runs/bulk", id: "bulkRuns", tag: "runs", summary: "Stop, delete, rerun or label many runs; each has its own outcome.",
		headers: []param{onceHeader}, body: "BulkRequest", answer: "BulkAnswer", once: true, handle: bulkRuns}}
}

type bulkRequest struct {
	Action string   `json:"action" enum:"stop,delete,rerun,label"`
	IDs    []string `json:"ids" doc:"Ids of runs, at most 1000."`
	Add    []string `json:"add,omitempty" doc:"Labels to add, with label."`
	Remove []string `json:"remove,omitempty" doc:"Labels to remove, with label."`
}

type bulkAnswer struct {
	Results []run.BulkResult `json:"results" doc:"In the order of the ids."`
	Done    int              `json:"done"`
	Skipped int              `json:"skipped"`
	Failed  int              `json:"failed"`
}

func bulkRuns(c *call) error {
	var req bulkRequest
	if err := c.decode(&req); err != nil {
		return err
	}
	if len(req.IDs) == 0 || len(req.IDs) > maxBulk {
		return entity.Invalid("/ids", "size", "ids: 1 to %d ids of runs are expected, not %d", maxBulk, len(req.IDs))
	}
	list, err := c.cfg.Runs.Bulk(c.ctx(), c.project(), run.Bulk{Action: req.Action, IDs: req.IDs, Add: req.Add, Remove: req.Remove, User: c.who().User})
	if err != nil {
		return err
	}
	out := bulkAnswer{Results: list}
	for _, r := range list {
		switch r.Outcome {
		case run.Done:
			out.Done++
		case run.Skipped:
			out.Skipped++
		default:
			out.Failed++
		}
	}
	return c.json(out)
}

// decode reads the body into a type of this package; a member that the type does not have is refused.
func (c *call) decode(into any) error {
	data, err := c.body()
	if err != nil {
		return err
	}
	clean, _, err := entity.Scan(data, "")
	if err != nil {
		return err
	}
	o, err := entity.ParseObject(clean)
	if err != nil {
		return entity.Invalid("", "type", "The body must be an object, not %s.", entity.TypeName(clean))
	}
	known := members(into)
	for _, m := range o {
		if !known[m.Name] {
			return entity.Invalid("/"+m.Name, "unknown", "The body has no field %q here.", clip(m.Name))
		}
	}
	if err := json.Unmarshal(clean, into); err != nil {
		if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return entity.Invalid("/"+e.Field, "type", "The field %s must be of the type %s, not %s.", e.Field, e.Type, e.Value)
		}
		return entity.Invalid("", "type", "The body cannot be read: %v.", err)
	}
	return nil
}
