package httpapi

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"dhub/entity"
	"dhub/internal/run"
)

func b64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

// pickLog finds the log that attempt and container name; without attempt the newest.
func (c *call) pickLog() (run.LogView, error) {
	attempt, err := c.integer("attempt", 1, 0)
	if err != nil {
		return run.LogView{}, err
	}
	infos, err := c.cfg.Logs.Logs(c.ctx(), c.project(), c.id())
	if err != nil {
		return run.LogView{}, err
	}
	var found run.LogView
	ok := false
	for _, l := range infos {
		if sameContainer(l.Container, c.query("container")) && (attempt == 0 && l.Attempt >= found.Attempt || l.Attempt == int(attempt)) {
			found, ok = l, true
		}
	}
	if !ok && (attempt != 0 || c.query("container") != "") {
		return found, entity.Errorf(entity.CodeNotFound, "No such log: the run %s has no log of attempt %d and container %q.", c.id(), attempt, clip(c.query("container")))
	}
	return found, nil
}

func sameContainer(have, want string) bool {
	return have == want || isMain(want) && isMain(have)
}

// rawLog answers with the bytes as they are. They are a user's: nothing may run in this origin.
func rawLog(c *call) error {
	d, err := c.runDoc()
	if err != nil {
		return err
	}
	l, err := c.pickLog()
	if err != nil {
		return err
	}
	from, to, partial, err := byteRange(c.r.Header.Get("Range"), l.Size)
	h := c.w.Header()
	if err != nil {
		h.Set("Content-Range", fmt.Sprintf("bytes */%d", l.Size))
		c.w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return nil
	}
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Content-Disposition", `attachment; filename="`+slug(d.ID)+`.log"`)
	h.Set("Accept-Ranges", "bytes")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.FormatInt(to-from, 10))
	if partial {
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, l.Size))
		c.w.WriteHeader(http.StatusPartialContent)
	}
	if c.r.Method == http.MethodHead || from == to {
		return nil
	}
	at := from
	err = c.cfg.Logs.ReadLog(c.ctx(), d.Project, d.ID, l.Attempt, l.Container, from, false, func(p run.LogPiece) error {
		offset, data := p.Offset, p.Data
		if offset+int64(len(data)) <= at {
			return nil
		}
		if offset < at {
			data = data[at-offset:]
		}
		data = data[:min(int64(len(data)), to-at)]
		if _, err := c.w.Write(data); err != nil {
			return err
		}
		if at += int64(len(data)); at >= to {
			return errEnough
		}
		return nil
	})
	if at < to { // the length is promised already: only cutting the answer tells the client
		if err == nil || errors.Is(err, errEnough) {
			err = errors.New("the log ended before its size")
		}
		if c.ctx().Err() == nil {
			c.cfg.Logger.ErrorContext(c.ctx(), "reading a log", "run", d.ID, "offset", at, "request_id", RequestID(c.ctx()), "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// byteRange reads one range of bytes; several, or another unit, count as none.
func byteRange(header string, size int64) (from, to int64, partial bool, err error) {
	spec, ok := strings.CutPrefix(strings.TrimSpace(header), "bytes=")
	if size == 0 { // no range fits nothing, and nothing is the whole of it
		return 0, 0, false, nil
	}
	if !ok || strings.Contains(spec, ",") {
		return 0, size, false, nil
	}
	a, b, ok := strings.Cut(strings.TrimSpace(spec), "-")
	if !ok {
		return 0, size, false, nil
	}
	if a == "" {
		n, e := strconv.ParseInt(b, 10, 64)
		if e != nil || n < 0 {
			return 0, size, false, nil
		}
		if n == 0 {
			return 0, 0, false, errEnough
		}
		return max(0, size-n), size, true, nil
	}
	from, e := strconv.ParseInt(a, 10, 64)
	if e != nil || from < 0 {
		return 0, size, false, nil
	}
	if from >= size {
		return 0, 0, false, errEnough
	}
	to = size
	if b != "" {
		last, e := strconv.ParseInt(b, 10, 64)
		if e != nil || last < from {
			return 0, size, false, nil
		}
		to = min(last, size-1) + 1
	}
	return from, to, true, nil
}
