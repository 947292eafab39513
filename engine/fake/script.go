package fake

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"time"

	"dhub/engine"
	"dhub/entity"
)

// Script says what an attempt does. The same is said by its main process' environment: FAKE_PREPARE,
// FAKE_LOG, FAKE_SLEEP (a duration or "forever"), FAKE_REPORT, FAKE_EXIT, FAKE_SIGNAL, FAKE_OOM=1,
// FAKE_REASON and FAKE_STUBBORN=1 (TERM is ignored); FAKE_START and FAKE_ADMIT name the code of the
// error that these methods return. A process whose command is "fake" is scripted by its arguments:
// see the package enginetest, whose programs they are.
type Script struct {
	Prepare  time.Duration // phase preparing
	Log      string        // written when it runs
	Sleep    time.Duration // between the log and the end; Forever waits for Go calls or Stop
	Report   json.RawMessage
	Exit     engine.Exit
	Reason   string // of a failure, when it is neither exit code nor signal
	Stubborn bool
}

// Forever is longer than any test.
const Forever = time.Duration(1<<62 - 1)

const reportFile = "$DHUB_REPORT"

// scriptOf reads the environment of a runnable.
func scriptOf(env map[string]string) Script {
	duration := func(name string) time.Duration {
		if env[name] == "forever" {
			return Forever
		}
		d, _ := time.ParseDuration(env[name])
		return d
	}
	number := func(name string) int { n, _ := strconv.Atoi(env[name]); return n }
	s := Script{Prepare: duration("FAKE_PREPARE"), Log: env["FAKE_LOG"], Sleep: duration("FAKE_SLEEP"),
		Exit:   engine.Exit{Code: number("FAKE_EXIT"), Signal: number("FAKE_SIGNAL"), OOM: env["FAKE_OOM"] != ""},
		Reason: env["FAKE_REASON"], Stubborn: env["FAKE_STUBBORN"] != ""}
	if report := env["FAKE_REPORT"]; report != "" {
		s.Report = json.RawMessage(report)
	}
	return s
}

// plan lays out the whole attempt: assets, init processes, main.
func (a *attempt) plan() []step {
	if a.e.cfg.Script != nil {
		if s, ok := a.e.cfg.Script(a.r); ok {
			return s.steps(a.r)
		}
	}
	var steps []step
	for _, as := range a.r.Assets {
		steps = append(steps, assetStep(as))
	}
	for _, p := range a.r.Init {
		if a.e.cfg.Break == InitAfterMain || a.e.cfg.Break == NoInit {
			continue
		}
		steps = append(steps, phaseStep(engine.Running, entity.ReasonExecuting))
		steps = append(steps, programSteps(p, "", false)...)
	}
	if len(a.r.Main.Command) > 0 && a.r.Main.Command[0] == "fake" {
		steps = append(steps, phaseStep(engine.Running, entity.ReasonExecuting), countStep)
		steps = append(steps, programSteps(a.r.Main, "", true)...)
		if a.e.cfg.Break == InitAfterMain {
			for _, p := range a.r.Init {
				steps = append(steps, programSteps(p, "", false)...)
			}
		}
		return steps
	}
	return append(steps, scriptOf(a.r.Main.Env).steps(a.r)...)
}

func (s Script) steps(engine.Runnable) []step {
	var steps []step
	if s.Prepare > 0 {
		steps = append(steps, phaseStep(engine.Preparing, entity.ReasonEnvironment), sleepStep(s.Prepare))
	}
	steps = append(steps, phaseStep(engine.Running, entity.ReasonExecuting), countStep)
	steps = append(steps, func(a *attempt) bool {
		a.stubborn = s.Stubborn
		if s.Log != "" {
			a.write(s.Log)
		}
		return true
	})
	if s.Sleep > 0 {
		steps = append(steps, sleepStep(s.Sleep))
	}
	return append(steps, func(a *attempt) bool {
		if s.Report != nil {
			a.files[reportFile] = string(s.Report)
		}
		if s.Reason != "" {
			x := s.Exit
			a.end(engine.Failed, s.Reason, "scripted", &x)
			return false
		}
		a.exit(s.Exit)
		return false
	})
}

func phaseStep(p engine.Phase, reason string) step {
	return func(a *attempt) bool { a.phase(p, reason); return true }
}

func countStep(a *attempt) bool { a.e.executed[keyOf(a.r.ID)]++; return true }

func sleepStep(d time.Duration) step {
	return func(a *attempt) bool {
		if d == Forever {
			return false
		}
		var timer *time.Timer
		timer = time.AfterFunc(d, func() {
			a.e.mu.Lock()
			defer a.e.mu.Unlock()
			if a.timer == timer {
				a.advance()
			}
		})
		a.timer = timer
		return false
	}
}

// assetStep makes an asset, waits for who is making it, or finds it made.
func assetStep(as engine.Asset) step {
	var self step
	self = func(a *attempt) bool {
		b := a.e.assets[as.Key]
		if b == nil {
			b = &asset{}
			a.e.assets[as.Key] = b
		}
		if b.made && a.e.cfg.Break != MakeTwice {
			if as.Path != "" && a.e.cfg.Break != NoAssetLink {
				for name, text := range b.files {
					a.files[as.Path+"/"+name] = text
				}
			}
			return true
		}
		a.phase(engine.Preparing, entity.ReasonEnvironment)
		if b.owner != nil && a.e.cfg.Break != MakeUnlocked {
			a.todo = append([]step{self}, a.todo...)
			b.waiting = append(b.waiting, a)
			a.waitsFor = b
			if a.e.cfg.Break != BuildSilent {
				a.print(b.output)
			}
			return false
		}
		b.owner, b.files, b.output = a, map[string]string{}, nil
		a.building = b
		if a.e.cfg.Break != NoAssetFiles {
			for _, f := range as.Files {
				b.files[f.Path] = f.Text
			}
		}
		var steps []step
		for _, p := range as.Make {
			steps = append(steps, programSteps(p, as.Key, false)...)
		}
		steps = append(steps, func(a *attempt) bool {
			b.made, b.owner, a.building = true, nil, nil
			for name, text := range b.files {
				if as.Path != "" && a.e.cfg.Break != NoAssetLink {
					a.files[as.Path+"/"+name] = text
				}
			}
			waiting := b.waiting
			b.waiting = nil
			for _, w := range waiting {
				w.waitsFor = nil
				w.advance()
			}
			return true
		})
		a.todo = append(steps, a.todo...)
		return true
	}
	return self
}

// environment is what a process sees.
func (a *attempt) environment(p engine.Process) map[string]string {
	env := maps.Clone(p.Env)
	if env == nil {
		env = map[string]string{}
	}
	for _, s := range a.r.Secrets {
		if value, ok := a.values[s.Name]; ok && s.Env != "" && a.e.cfg.Break != NoSecrets {
			env[s.Env] = value
		}
	}
	env["DHUB_REPORT"] = reportFile
	env["DHUB_ATTEMPT"] = a.r.ID.UID + "." + strconv.Itoa(a.r.ID.Attempt)
	return env
}

// substitute replaces {work}, {asset} and {asset:KEY}.
func (a *attempt) substitute(s, making string) string {
	s = strings.ReplaceAll(s, "{work}/", "")
	if making != "" {
		s = strings.ReplaceAll(s, "{asset}", "asset:"+making)
	}
	for _, as := range a.r.Assets {
		if a.e.cfg.Break != NoAssetName {
			s = strings.ReplaceAll(s, "{asset:"+as.Key+"}", "asset:"+as.Key)
		}
	}
	return s
}
