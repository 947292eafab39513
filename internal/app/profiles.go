package app

import (
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"

	"dhub/internal/run"
)

// profilesFile is the form of the file that DHUB_PROFILES names, YAML or JSON:
//
//	profiles:
//	  - name: small
//	    description: one processor
//	    spec: {resources: {cpu: "1", mem: 2Gi}}
//	limits:
//	  "*": {cpu: "8", mem: 32Gi}
type profilesFile struct {
	Profiles []run.Profile                `json:"profiles"`
	Limits   map[string]map[string]string `json:"limits"`
}

// readProfiles reads the profiles that runs may name; without a file there are none.
func readProfiles(path string) (run.Profiles, error) {
	if path == "" {
		return run.Profiles{}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return run.Profiles{}, fmt.Errorf("the file of profiles (DHUB_PROFILES): %w", err)
	}
	var f profilesFile
	if err := yaml.UnmarshalStrict(text, &f); err != nil {
		return run.Profiles{}, fmt.Errorf("the file of profiles %s: %w", path, err)
	}
	for i := range f.Profiles {
		if f.Profiles[i].Spec == nil {
			f.Profiles[i].Spec = json.RawMessage("{}")
		}
	}
	p := run.Profiles{List: f.Profiles, Limits: f.Limits}
	if err := p.Check(); err != nil {
		return p, fmt.Errorf("the file of profiles %s: %w", path, err)
	}
	return p, nil
}

// profileNames are what /.well-known/configuration says of profiles; nil for none.
func profileNames(p run.Profiles) any {
	var names []string
	for _, x := range p.List {
		names = append(names, x.Name)
	}
	if names == nil {
		return nil
	}
	return names
}
