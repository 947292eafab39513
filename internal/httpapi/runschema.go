package httpapi

// runStatusProps are the members of a run's status that the server writes.
func runStatusProps() object {
	str, integer, number, boolean := object{"type": "string"}, object{"type": "integer"}, object{"type": "number"}, object{"type": "boolean"}
	open := object{"type": "object", "additionalProperties": true}
	date := object{"type": "string", "format": "date-time"}
	numbers := object{"type": "object", "additionalProperties": number}
	exit := shape("How the process ended.", []string{"code"}, object{"code": integer, "signal": integer, "oom": boolean})
	return object{
		"reason":      ref("Reason"),
		"transitions": object{"type": "array", "description": "Newest first.", "items": shape("", []string{"status", "time"}, object{"status": str, "message": str, "time": date})},
		"results":     open,
		"outputs":     object{"type": "object", "additionalProperties": str},
		"metrics":     ref("Metrics"),
		"started_at":  object{"type": "string", "format": "date-time", "description": "When the function began to execute."},
		"finished_at": date,
		"durations":   ref("RunDurations"),
		"engine":      str,
		"attempt":     integer,
		"attempts": arrayOf(shape("", []string{"number"}, object{"number": integer, "state": str, "reason": ref("Reason"), "started_at": date, "finished_at": date,
			"exit": exit, "usage": numbers})),
		"limits":    object{"type": "object", "additionalProperties": str},
		"usage":     object{"type": "object", "additionalProperties": number, "description": "cpu_seconds, memory_peak_bytes and what else the engine measured."},
		"exit":      exit,
		"trigger":   shape("What fired the run.", []string{"job"}, object{"job": object{"type": "string", "description": "Key of the trigger or of the schedule's handle."}, "timestamp": integer, "details": open}),
		"schedule":  shape("Of the handle of a schedule.", []string{"expression"}, object{"expression": str, "next": arrayOf(date)}),
		"endpoints": arrayOf(str),
		"instances": arrayOf(shape("", []string{"name", "state"}, object{"name": str, "node": str, "state": str, "restarts": integer})),
	}
}

// rowMembers are the members of rows of lists beyond the entity itself, by its schema; those that include asks for.
func rowMembers() map[string]object {
	versions := object{"type": "integer", "description": "How many versions the name has; with include."}
	runs := object{"$ref": "#/components/schemas/RecentRuns", "description": "With include=runs."}
	return map[string]object{
		"Project":  {"runs": object{"$ref": "#/components/schemas/ProjectRuns", "description": "With include=runs."}},
		"Function": {"versions": versions, "runs": runs}, "Workflow": {"versions": versions, "runs": runs},
		"Trigger":  {"next": object{"type": "string", "format": "date-time", "description": "When it fires next; with include=fires."}, "fires": object{"$ref": "#/components/schemas/FiredRuns", "description": "With include=fires."}},
		"Artifact": {"versions": versions}, "DataItem": {"versions": versions}, "Model": {"versions": versions},
	}
}

// runSpec is the part of a run's spec that every action has.
func runSpec() object {
	str := object{"type": "string"}
	open := object{"type": "object", "additionalProperties": true}
	return object{"type": "object", "additionalProperties": true, "description": "That of run, task and function together; its schema is that of the run's kind.",
		"properties": object{"function": str, "workflow": str, "task": str, "parameters": open, "inputs": object{}, "outputs": object{}, "profile": str,
			"local_execution": object{"type": "boolean"}, "schedule": str, "engine": str, "secrets": arrayOf(str)}}
}
