//go:build linux

package keeper

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// WriteFile writes a file durably: a temporary neighbour, synced, renamed. With once it never replaces
// an existing file and returns fs.ErrExist instead.
func WriteFile(dir, name string, data []byte, once bool) error {
	f, err := os.CreateTemp(dir, "."+name+"-")
	if err != nil {
		return err
	}
	tmp := f.Name()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	to := filepath.Join(dir, name)
	switch {
	case err != nil:
	case once:
		err = renameOnce(tmp, to)
	default:
		err = os.Rename(tmp, to)
	}
	if err != nil {
		_ = os.Remove(tmp)
		return fmt.Errorf("write %s: %w", to, err)
	}
	return SyncDir(dir)
}

// renameOnce renames unless the new name exists, in one step.
func renameOnce(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	if err == nil {
		return nil
	}
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) { // a file system without it
		st, serr := os.Lstat(from)
		if serr != nil {
			return serr
		}
		if st.IsDir() {
			if _, serr := os.Lstat(to); serr == nil {
				return fs.ErrExist
			}
			return os.Rename(from, to) // a folder that is not empty is not replaced
		}
		if err := os.Link(from, to); err != nil {
			return err
		}
		return os.Remove(from)
	}
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
}

// SyncDir makes the entries of a folder durable.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// ReadMeta reads what was written before an attempt was committed.
func ReadMeta(dir string) (Meta, error) {
	var m Meta
	err := readJSON(filepath.Join(dir, MetaFile), &m)
	return m, err
}

// ReadRecord reads the present or final state of an attempt; before the first record it is accepted.
func ReadRecord(dir string) (Record, error) {
	var r Record
	err := readJSON(filepath.Join(dir, EndFile), &r)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	err = readJSON(filepath.Join(dir, JournalFile), &r)
	if errors.Is(err, fs.ErrNotExist) {
		if _, serr := os.Stat(filepath.Join(dir, EndFile)); serr == nil {
			return ReadRecord(dir)
		}
		if _, serr := os.Stat(dir); serr != nil {
			return r, serr
		}
		return Record{Gen: 1, Phase: phaseAccepted, Code: codeStarting}, nil
	}
	return r, err
}

// WriteEnd writes a final record once; fs.ErrExist says that another one was first.
func WriteEnd(dir string, r Record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return WriteFile(dir, EndFile, data, true)
}

// writeJournal replaces the journal in one step. It is not synced: it is read in this boot only, since pid
// and start time mean nothing in the next, where the attempt is lost whatever it was doing.
func writeJournal(dir string, r Record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	tmp := filepath.Join(dir, "."+JournalFile)
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, JournalFile))
}

// ErrDamaged says that a file of an attempt is not what was written: its job reaches the folder too.
var ErrDamaged = errors.New("the file was damaged")

// maxRecord is far beyond what a record takes.
const maxRecord = 4 << 20

// OpenPlain opens a file where a job may have put anything. It follows no link and never waits. One that may not be
// read is damaged too: a job takes the rights off its own files as it likes, and no later try finds them again.
func OpenPlain(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) {
		return nil, nil, fmt.Errorf("%w: %s", ErrDamaged, path)
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = fmt.Errorf("%w: %s is not a file", ErrDamaged, path)
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, st, nil
}

func readJSON(path string, to any) error {
	f, _, err := OpenPlain(path)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxRecord))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, to); err != nil {
		return fmt.Errorf("%w: read %s: %w", ErrDamaged, path, err)
	}
	return nil
}

// TombPath is where an attempt's tombstone lies; they are spread over 256 folders.
func TombPath(root, id string) string {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return filepath.Join(root, TombsDir, fmt.Sprintf("%02x", byte(h^h>>8^h>>16^h>>24)), id)
}

// Tombed tells whether an attempt was stopped or removed.
func Tombed(root, id string) bool {
	_, err := os.Lstat(TombPath(root, id))
	return err == nil
}

// ReadHello reads what a keeper says of itself in its lock file.
func ReadHello(path string) (Hello, error) {
	var h Hello
	err := readJSON(path, &h)
	return h, err
}
