package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"dhub/engine/local/keeper"
	"dhub/entity"
)

// hereFile names the folder that it lies in by its device and inode, which a copy does not share.
const hereFile = "here"

// claim makes the folder this engine's own. What a copied folder says of keepers and of attempts that are
// executing is said of the original's, which may live on this machine: it is forgotten and nothing is
// signalled, and the attempts are lost to this engine.
func (e *Engine) claim() error {
	var st unix.Stat_t
	if err := unix.Stat(e.root, &st); err != nil {
		return diskError("look at the folder of the local engine", err)
	}
	here := fmt.Sprintf("%d:%d", st.Dev, st.Ino)
	was, err := os.ReadFile(filepath.Join(e.root, hereFile))
	switch {
	case err == nil && string(was) == here:
		return nil
	case err == nil:
		if err := e.disown(); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return diskError("look for the place of the local engine", err)
	}
	return keeper.WriteFile(e.root, hereFile, []byte(here), false)
}

// disown forgets what is under way in the folder that this one was copied from.
func (e *Engine) disown() error {
	for _, suffix := range []string{keeper.LockSuffix, keeper.SocketSuffix, keeper.ErrorSuffix} {
		paths, err := filepath.Glob(filepath.Join(e.root, keeper.Prefix+"*"+suffix))
		if err != nil {
			return err
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return diskError("forget a keeper", err)
			}
		}
	}
	e.sweepBuilds(nil)
	return e.eachUnfinished(func(name, dir string, rec keeper.Record) {
		e.declareLost(name, dir, rec, entity.ReasonHostLost, "the data folder was copied while the attempt was executing; it goes on in the folder that this one was copied from")
	})
}
