package runtime

// texts are the Italian title and description of a property.
func texts(h Hint, title, description string) Hint {
	h.Titles = it(title)
	if description != "" {
		h.Descriptions = it(description)
	}
	return h
}

// paramHints say how forms show TaskParams.
var paramHints = map[string]Hint{
	"profile":   texts(Hint{Group: "resources", Order: 1, Widget: "profile"}, "Profilo", "Modello di risorse dell'installazione; i suoi valori prevalgono"),
	"resources": texts(Hint{Group: "resources", Order: 2}, "Risorse", "cpu come 500m o 2, mem e disk come 512Mi, gpu come numero"),

	"resources.cpu":  texts(Hint{Order: 1, Widget: "quantity", Unit: "cores", Placeholder: "500m"}, "Processore", ""),
	"resources.mem":  texts(Hint{Order: 2, Widget: "quantity", Unit: "bytes", Placeholder: "512Mi"}, "Memoria", ""),
	"resources.gpu":  texts(Hint{Order: 3, Widget: "quantity", Unit: "count", Placeholder: "1"}, "GPU", ""),
	"resources.disk": texts(Hint{Order: 4, Widget: "quantity", Unit: "bytes", Placeholder: "10Gi"}, "Disco", ""),

	"envs":    texts(Hint{Group: "variables", Order: 1, Widget: "key-value"}, "Variabili d'ambiente", ""),
	"env":     {Hidden: true}, // an alias of envs
	"secrets": texts(Hint{Group: "secrets", Order: 1, Widget: "secret", Entity: "secret"}, "Segreti", "Nomi dei segreti del progetto, dati al lavoro come variabili d'ambiente"),
	"volumes": texts(Hint{Group: "volumes", Order: 1, Widget: "list"}, "Volumi", ""),

	"timeout":       texts(Hint{Group: "behaviour", Order: 1, Widget: "number", Unit: "s"}, "Durata massima", "Secondi dopo i quali il lavoro viene terminato"),
	"backoff_limit": texts(Hint{Group: "behaviour", Order: 2, Widget: "number"}, "Tentativi ulteriori", "Quante volte un lavoro fallito viene riavviato"),
	"replicas":      texts(Hint{Group: "behaviour", Order: 3, Widget: "number", Advanced: true}, "Repliche", ""),

	"schedule": texts(Hint{Group: "schedule", Order: 1, Widget: "cron", Placeholder: "0 2 * * *"}, "Pianificazione",
		"Espressione cron di cinque campi, la forma Quartz di sei o sette, o una parola come @daily; CRON_TZ=Area/Città davanti nomina il fuso orario"),
	"timezone":           texts(Hint{Group: "schedule", Order: 2, Advanced: true, Placeholder: "Europe/Rome"}, "Fuso orario della pianificazione", ""),
	"concurrency_policy": texts(Hint{Group: "schedule", Order: 3, Widget: "select", Advanced: true}, "Sovrapposizione delle esecuzioni", ""),
	"misfire_policy":     texts(Hint{Group: "schedule", Order: 4, Widget: "select", Advanced: true}, "Scatti mancati", ""),

	"node_selector":     texts(Hint{Group: "placement", Order: 1, Widget: "key-value", Advanced: true}, "Selettori di nodo", ""),
	"tolerations":       texts(Hint{Group: "placement", Order: 2, Widget: "list", Advanced: true}, "Tolleranze", ""),
	"affinity":          texts(Hint{Group: "placement", Order: 3, Widget: "yaml", Advanced: true}, "Affinità", ""),
	"priority_class":    texts(Hint{Group: "placement", Order: 4, Advanced: true}, "Classe di priorità", ""),
	"runtime_class":     texts(Hint{Group: "placement", Order: 5, Advanced: true}, "Classe di runtime", ""),
	"image_pull_policy": texts(Hint{Group: "placement", Order: 6, Widget: "select", Advanced: true}, "Scaricamento dell'immagine", ""),
	"fs_group":          texts(Hint{Group: "placement", Order: 7, Advanced: true}, "Gruppo dei file", ""),
	"run_as_user":       texts(Hint{Group: "placement", Order: 8, Advanced: true}, "Esegui come utente", ""),
	"run_as_group":      texts(Hint{Group: "placement", Order: 9, Advanced: true}, "Esegui come gruppo", ""),
}

// functionRefHints say how forms show what a task or run belongs to, which its page has set already.
var functionRefHints = map[string]Hint{
	"function": texts(Hint{Group: "references", Order: 1, Widget: "entity", Entity: "function", Advanced: true}, "Funzione", ""),
}

var runRefHints = map[string]Hint{
	"function":        functionRefHints["function"],
	"task":            texts(Hint{Group: "references", Order: 2, Widget: "entity", Entity: "task", Advanced: true}, "Attività", ""),
	"engine":          texts(Hint{Group: "placement", Order: 10, Widget: "select", Advanced: true}, "Motore", ""),
	"local_execution": texts(Hint{Hidden: true}, "Esecuzione locale", "Un client esegue il lavoro nel proprio processo"),
}
