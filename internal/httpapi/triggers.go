package httpapi

import (
	"slices"

	"dhub/entity"
)

func (a *API) triggerRoutes() []route {
	const tag = "triggers"
	query := slices.Concat(pageParams, []param{text("task", "Reference of a task."), text("q", "Part of the id or the name, without regard to case."), text("name", "The name."), text("kind", "The kind."), text("functionName", "Name of the function that it runs, in any version."),
		text("user", "Who created it."), text("state", "The state."), text("created", "From, or from and to."), text("updated", "From, or from and to."),
		several("labels", "Labels that must all be present."), several("id", "Ids.")})
	one := proj + "/triggers/{id}"
	out := crud(entity.Trigger, proj+"/triggers", false, append(query, several("include", "fires: when each fires next and what it fired.")), listTriggers)
	out[0].query = append(out[0].query, yes("stopped", "Make it switched off: it fires nothing until it is run. Default false."))
	return append(out,
		route{method: "POST", path: one + "/run", id: "runTrigger", tag: tag, summary: "Start it.", answer: "Trigger", handle: actOnTrigger("run")},
		route{method: "POST", path: one + "/stop", id: "stopTrigger", tag: tag, summary: "Stop it.", answer: "Trigger", handle: actOnTrigger("stop")},
		route{method: "GET", path: one + "/relationships", id: "listTriggerRelationships", tag: tag, summary: "List the relations that touch it.",
			answer: "Relationships", handle: relationships(entity.Trigger)},
	)
}

func actOnTrigger(action string) handler {
	return func(c *call) error {
		if c.cfg.Triggers == nil {
			return unavailable("The service of triggers")
		}
		return c.doc(c.cfg.Triggers.Act(c.ctx(), c.project(), c.id(), action, c.who().User))
	}
}
