package python

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"dhub/engine"
	"dhub/entity"
	"dhub/runtime"
	sdk "dhub/sdk/python"
)

// builderGeneration changes when environments must be built anew.
const builderGeneration = 1

var requirementName = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._-]*)`)

// nameOf returns the normalised distribution name of a requirement line, "" when it has none.
func nameOf(line string) string {
	m := requirementName.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	return strings.Trim(regexp.MustCompile(`[-_.]+`).ReplaceAllString(strings.ToLower(m[1]), "-"), "-")
}

// complete sorts the lines and adds what tables of data items need beside pandas.
func complete(lines []string) []string {
	names := map[string]bool{}
	for _, l := range lines {
		names[nameOf(l)] = true
	}
	out := slices.Clone(lines)
	if names["pandas"] && !names["pyarrow"] {
		out = append(out, "pyarrow")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// environment describes the folder with the requirements installed. Its path inside the folder of assets is
// {asset:KEY}; the interpreter in it is bin/python. It is built by a script in ours.
func environment(p Interpreter, s Settings, lines []string, ours engine.Asset) (engine.Asset, error) {
	if s.UV == "" && p.Pip == "" && !p.EnsurePip {
		return engine.Asset{}, runtime.Rejected(entity.ReasonEnvFailed, "the function has requirements, and "+p.Path+
			" can install nothing: it has neither pip nor ensurepip, and uv was not found; install uv or your system's python3-venv")
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s\n%s\n", builderGeneration, p.Path, p.Version)
	for _, l := range lines {
		fmt.Fprintln(h, l)
	}
	key := "env-" + hex.EncodeToString(h.Sum(nil))[:24]
	args := []string{"-I", "-X", "utf8", "{asset:" + ours.Key + "}/digitalhub_runtime_python/_build.py", "{asset}"}
	for flag, value := range map[string]string{"--uv": s.UV, "--pip": p.Pip, "--env": s.BuilderEnv} {
		if value != "" {
			args = append(args, flag+"="+value)
		}
	}
	slices.Sort(args[5:])
	return engine.Asset{
		Key:   key,
		Files: []engine.File{{Path: "requirements.txt", Text: strings.Join(lines, "\n") + "\n", Mode: 0o644}},
		Make:  []engine.Process{{Command: []string{p.Path}, Args: args}},
	}, nil
}

// Provides implements runtime.Provider.
func (*Runtime) Provides() map[string]fs.FS { return map[string]fs.FS{modules().Key: sdk.Modules()} }

// modules describes the folder with our own Python modules, written by the binary itself.
func modules() engine.Asset {
	return engine.Asset{
		Key:  "sdk-" + sdk.Hash(),
		Make: []engine.Process{{Command: []string{"{dhub}", "unpack-sdk", "{asset}"}}},
	}
}
