package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadProfiles(t *testing.T) {
	t.Parallel()
	file := func(text string) string {
		path := filepath.Join(t.TempDir(), "profiles.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p, err := readProfiles(file("profiles:\n- name: small\n  description: one\n  spec: {resources: {cpu: \"1\", mem: 2Gi}}\n- {name: bare}\nlimits:\n  '*': {cpu: '8'}\n  demo: {memory: 32Gi}\n"))
	if err != nil || len(p.List) != 2 || p.List[0].Name != "small" || p.For("demo")["mem"] != "32Gi" || p.For("demo")["cpu"] != "8" || len(p.For("x")) != 1 {
		t.Errorf("%+v %v", p, err)
	}
	if p, err := readProfiles(""); err != nil || len(p.List) != 0 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := readProfiles(file(`{"profiles":[{"name":"json"}]}`)); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"profiles: [{name: a b}]":                                "profiles[0].name",
		"profiles: [{name: a}, {name: a}]":                       "twice",
		"profiles: [{name: a, spec: {function: x}}]":             "spec.function cannot be set",
		"profiles: [{name: a, spec: {timeout: soon}}]":           "/timeout",
		"profiles: [{name: a, spec: {resources: {cpu: -1}}}]":    "cpu",
		"limits: {demo: {cpu: many}}":                            "limits of demo",
		"profile: []":                                            "profile",
		"profiles: [{name: a, spec: {node_selector: [{a: b}]}}]": "node_selector",
	} {
		if _, err := readProfiles(file(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to say %s", text, err, want)
		}
	}
	if _, err := readProfiles("/nowhere.yaml"); err == nil || !strings.Contains(err.Error(), "DHUB_PROFILES") {
		t.Error(err)
	}
}
