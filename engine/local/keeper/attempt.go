//go:build linux

package keeper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

// attempt is one committed attempt; its goroutine alone changes and journals its record.
type attempt struct {
	k     *keeper
	id    string
	dir   string
	plan  *Plan
	rec   Record
	begun time.Time // as Record.Started, by the monotonic clock
	stop  chan time.Duration
	ended chan struct{}

	discard atomic.Bool // it is being removed: its end need not be kept
}

func (k *keeper) newAttempt(id string, plan *Plan) *attempt {
	return &attempt{k: k, id: id, dir: filepath.Join(k.root, AttemptsDir, id), plan: plan, stop: make(chan time.Duration, 64),
		ended: make(chan struct{}), rec: Record{Gen: 1, Phase: phaseAccepted, Code: codeStarting, Tier: k.tiers.Memory, Tree: k.tiers.Tree}}
}

// ask hands over a request to stop; a full queue holds enough of them.
func (a *attempt) ask(grace time.Duration) {
	select {
	case a.stop <- grace:
	default:
	}
}

// end is a final record in the making.
type end struct {
	phase, code, message string
	exit                 *Exit
}

func (a *attempt) run() {
	e := a.execute()
	a.rec.Gen++
	a.rec.Phase, a.rec.Code, a.rec.Message, a.rec.Exit, a.rec.Finished = e.phase, e.code, e.message, e.exit, time.Now().UTC()
	if !a.rec.Started.IsZero() {
		a.rec.Finished = a.rec.Started.Add(time.Since(a.begun)).UTC() // whatever became of the clock meanwhile
	}
	if st, err := os.Stat(filepath.Join(a.dir, LogFile)); err == nil {
		a.rec.LogSize = st.Size()
	}
	for {
		err := WriteEnd(a.dir, a.rec)
		if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
			break
		}
		if a.discard.Load() {
			break
		}
		a.k.complain("attempt %s: %v", a.id, err) // a full disk: the end is told when it can be kept
		if os.Remove(filepath.Join(a.dir, ReserveFile)) != nil {
			time.Sleep(200 * time.Millisecond)
		}
	}
	a.plan = nil
	a.k.finished(a)
}

// execute does the whole attempt and returns when no process of it is left.
func (a *attempt) execute() end {
	if Tombed(a.k.root, a.id) {
		return end{phaseStopped, codeStopped, "stopped before it was started", nil}
	}
	for i, as := range a.plan.Assets {
		if e := a.await(i, as); e != nil {
			return *e
		}
	}
	out, err := os.OpenFile(filepath.Join(a.dir, LogFile), os.O_WRONLY|os.O_APPEND|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return end{phaseFailed, codeStartFailed, "open the log: " + err.Error(), nil}
	}
	defer out.Close()
	defer a.k.marks.follow(out)()
	t, err := a.k.newTree(a.id, a.id, a.plan.Memory)
	if err != nil {
		return end{phaseFailed, codeStartFailed, "make a cgroup: " + err.Error(), nil}
	}
	defer func() {
		t.close()
		a.rec.CPU, a.rec.Peak = t.cpu, t.peak
	}()
	var timeout <-chan time.Time
	if a.plan.Timeout > 0 {
		timer := time.NewTimer(a.plan.Timeout)
		defer timer.Stop()
		timeout = timer.C
	}
	for i, s := range append(a.plan.Init, a.plan.Main) {
		select {
		case <-a.stop:
			return end{phaseStopped, codeStopped, "stopped before its process was started", nil}
		case <-timeout:
			return end{phaseFailed, codeTimeout, a.timeoutText(), nil}
		default:
		}
		x, cause, err := t.run(s, out, a, a.stop, timeout, a.plan.Grace)
		if err != nil {
			return end{phaseFailed, codeStartFailed, err.Error(), nil}
		}
		what := "the process"
		if i < len(a.plan.Init) {
			what = fmt.Sprintf("init process %d of %d", i+1, len(a.plan.Init))
		}
		if e := a.judge(x, cause, what); e != nil {
			return *e
		}
	}
	return end{phaseSucceeded, codeCompleted, "", &Exit{}}
}

func (a *attempt) started(c *child) {
	if a.rec.Started.IsZero() {
		a.begun = time.Now()
		a.rec.Started = a.begun.UTC()
	}
	a.journal(func(r *Record) {
		r.Phase, r.Code, r.Pid, r.Start = phaseRunning, codeExecuting, c.pid, c.start
	})
}

func (a *attempt) stopping(cause string) {
	a.journal(func(r *Record) {
		r.Code, r.Message = codeStopping, "asked to stop"
		if cause == causeTimeout {
			r.Message = a.timeoutText() + " and was asked to stop"
		}
	})
}

// mebibytes words an amount of memory.
func mebibytes(n int64) string { return strconv.FormatFloat(float64(n)/(1<<20), 'f', -1, 64) + " MiB" }

// judge turns the end of one process into the attempt's, nil when the attempt goes on.
func (a *attempt) judge(x Exit, cause, what string) *end {
	switch {
	case cause == causeMemory:
		return &end{phaseFailed, codeMemory, fmt.Sprintf("%s used more memory than its limit of %s", what, mebibytes(a.plan.Memory)), &x}
	case cause == causeStop:
		return &end{phaseStopped, codeStopped, "stopped on request", &x}
	case cause == causeTimeout:
		return &end{phaseFailed, codeTimeout, a.timeoutText(), &x}
	case x.Signal != 0:
		return &end{phaseFailed, codeSignal, fmt.Sprintf("%s was ended by signal %d (%s)", what, x.Signal, syscall.Signal(x.Signal)), &x}
	case x.Code != 0:
		return &end{phaseFailed, codeExit, fmt.Sprintf("%s ended with exit code %d", what, x.Code), &x}
	}
	return nil
}

func (a *attempt) timeoutText() string {
	return fmt.Sprintf("it took longer than its timeout of %s", a.plan.Timeout)
}

// journal changes the record, keeps it and tells the servers.
func (a *attempt) journal(change func(*Record)) {
	change(&a.rec)
	a.rec.Gen++
	if err := writeJournal(a.dir, a.rec); err != nil {
		a.k.complain("attempt %s: %v", a.id, err)
	}
	a.k.tell(Reply{Event: "changed", ID: a.id})
}

// await waits until an asset exists, having it built when nobody does; the builder's output becomes a part
// of the log.
func (a *attempt) await(i int, as Asset) *end {
	b, err := a.k.join(a, i, as)
	if err != nil {
		return &end{phaseFailed, codeEnvFailed, fmt.Sprintf("make the asset %s: %v", as.Name, err), nil}
	}
	if b == nil {
		return nil
	}
	part := fmt.Sprint(buildLog, i)
	a.journal(func(r *Record) {
		r.Phase, r.Code, r.Message = phasePreparing, codeEnvironment, ""
		r.Parts = append(append([]Part(nil), r.Parts...), Part{part, -1})
	})
	var stopped bool
	select {
	case <-b.done:
	case grace := <-a.stop:
		stopped = true
		if a.k.leave(b, grace) { // nobody else waits: the build ends with this attempt
			for over := false; !over; {
				select {
				case <-b.done:
					over = true
				case grace := <-a.stop:
					b.ask(grace)
				}
			}
		}
	}
	size := int64(0)
	if st, err := os.Stat(filepath.Join(a.dir, part)); err == nil {
		size = st.Size()
	}
	a.rec.Parts = append(append([]Part(nil), a.rec.Parts[:len(a.rec.Parts)-1]...), Part{part, size})
	a.journal(func(r *Record) { r.Message = "" })
	if stopped {
		return &end{phaseStopped, codeStopped, "stopped while its environment was being prepared", nil}
	}
	if b.err != nil {
		return &end{phaseFailed, codeEnvFailed, b.err.Error(), b.exit}
	}
	return nil
}
