package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress counts the bytes that pass and shows them once a transfer takes long: in place on a terminal, as a
// line now and then elsewhere.
type progress struct {
	io.Reader
	out         io.Writer
	what        string
	done, total int64 // total -1: unknown
	shown       time.Time
	every       time.Duration
	place       bool
	drawn       bool
}

func (a *app) progress(r io.Reader, what string, total int64) *progress {
	p := &progress{Reader: r, out: a.err, what: what, total: total, shown: time.Now(), every: 5 * time.Second}
	if f, ok := a.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.place, p.every = true, 500*time.Millisecond
	}
	return p
}

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	p.done += int64(n)
	if time.Since(p.shown) >= p.every {
		p.shown = time.Now()
		p.draw()
	}
	return n, err
}

func (p *progress) draw() {
	text := p.what + " " + size(p.done)
	if p.total > 0 {
		text += fmt.Sprintf(" of %s (%d %%)", size(p.total), p.done*100/p.total)
	}
	if !p.place {
		fmt.Fprintln(p.out, text)
		return
	}
	p.drawn = true
	fmt.Fprintf(p.out, "\r\x1b[K%s", text)
}

// end clears what stands on the terminal.
func (p *progress) end() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// size words a number of bytes.
func size(n int64) string {
	units := []string{"KiB", "MiB", "GiB", "TiB"}
	if n < 1<<10 {
		return fmt.Sprintf("%d bytes", n)
	}
	f, unit := float64(n)/(1<<10), 0
	for f >= 1<<10 && unit < len(units)-1 {
		f, unit = f/(1<<10), unit+1
	}
	return fmt.Sprintf("%.1f %s", f, units[unit])
}
