package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dhub/entity"
	"dhub/internal/cli"
	"dhub/internal/run"
	"dhub/internal/secret"
	"dhub/internal/store"
)

// installation says to which data folder a database belongs. It lies in the database; the folder has its own
// name in the file folderName. Keys, files, long logs and running attempts lie in the folder, so a server that
// joined the database to another one would lose them.
type installation struct {
	Folder string    `json:"folder"`
	Key    string    `json:"key"`   // id of the newest key at the last start
	Place  string    `json:"place"` // machine and path of the folder at the last start
	Since  time.Time `json:"since"`
}

const (
	installationName = "installation"
	folderName       = "id"
)

// folderID reads the name of a data folder and gives it one when it has none.
func folderID(dir string) (string, error) {
	name := filepath.Join(dir, folderName)
	for range 2 {
		b, err := os.ReadFile(name)
		if id := strings.TrimSpace(string(b)); err == nil && id != "" {
			return id, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", entity.Errorf(entity.CodeUnavailable, "read the name of the data folder: %w", err)
		}
		var id [16]byte
		_, _ = rand.Read(id[:]) // never fails
		if err := nameFolder(dir, hex.EncodeToString(id[:])); err != nil {
			return "", entity.Errorf(entity.CodeUnavailable, "name the data folder: %w", err)
		}
	}
	return "", entity.Errorf(entity.CodeUnavailable, "the file %s is empty; remove it and start again", name)
}

// nameFolder writes the name durably, in one step. The caller holds the folder's lock.
func nameFolder(dir, id string) error {
	f, err := os.CreateTemp(dir, "."+folderName+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(id + "\n")
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, folderName)); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// placeOf words where a data folder is.
func placeOf(dir string) string {
	host, _ := os.Hostname()
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return host + ":" + dir
}

// thisInstallation describes the folder that a server was started on. Of an embedded database the folder's
// name is what the database says: it lies inside.
func thisInstallation(ctx context.Context, s store.Store, o cli.ServeOptions, keys []byte) (installation, error) {
	if _, err := os.Stat(filepath.Join(o.Data, folderName)); o.DatabaseURL == "" && errors.Is(err, fs.ErrNotExist) {
		stored, ok, err := storedInstallation(ctx, s)
		if err != nil {
			return installation{}, err
		}
		if ok {
			if err := nameFolder(o.Data, stored.Folder); err != nil {
				return installation{}, entity.Errorf(entity.CodeUnavailable, "name the data folder: %w", err)
			}
		}
	}
	id, err := folderID(o.Data)
	ids := secret.KeyIDs(keys)
	return installation{Folder: id, Key: ids[len(ids)-1], Place: placeOf(o.Data), Since: time.Now().UTC()}, err
}

func storedInstallation(ctx context.Context, s store.Store) (i installation, ok bool, err error) {
	err = s.Read(ctx, func(tx store.Tx) error {
		i, ok, err = readInstallation(ctx, tx)
		return err
	})
	return i, ok, err
}

func readInstallation(ctx context.Context, tx store.Tx) (i installation, ok bool, err error) {
	raw, err := tx.Settings().Get(ctx, installationName)
	if entity.IsNotFound(err) {
		return i, false, nil
	}
	if err != nil {
		return i, false, err
	}
	if err := json.Unmarshal(raw, &i); err != nil {
		return i, false, entity.Errorf(entity.CodeInternal, "read whose database this is: %w", err)
	}
	return i, true, nil
}

func writeInstallation(ctx context.Context, tx store.Tx, i installation) error {
	raw, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return tx.Settings().Put(ctx, installationName, raw)
}

// claimTime is how long a server that was killed keeps others from the database it drove.
const claimTime = 30 * time.Second

// holderOf names a server in the database's lease. An embedded database is guarded by the folder's lock; to a
// shared one a copy of the folder may come from another place.
func holderOf(o cli.ServeOptions, host string) string {
	if o.DatabaseURL == "" {
		return host
	}
	return host + " at " + placeOf(o.Data)
}

// claim joins a server to its database, or says why that must not be: it was used with another data folder or
// another key, or another server drives it at this moment. A database that nobody used becomes this folder's.
func claim(ctx context.Context, s store.Store, o cli.ServeOptions, keys []byte, host string) error {
	mine, err := thisInstallation(ctx, s, o, keys)
	if err != nil {
		return err
	}
	return s.Write(ctx, func(tx store.Tx) error {
		stored, ok, err := readInstallation(ctx, tx)
		if err != nil {
			return err
		}
		if ok {
			if err := mismatch(stored, mine, secret.KeyIDs(keys), o); err != nil {
				return err
			}
		}
		if err := drive(ctx, tx, o, holderOf(o, host)); err != nil {
			return err
		}
		if ok && stored.Key == mine.Key && stored.Place == mine.Place {
			return nil
		}
		return writeInstallation(ctx, tx, mine)
	})
}

// drive takes the lease of a shared database, so that two copies of one folder never work on it side by side.
func drive(ctx context.Context, tx store.Tx, o cli.ServeOptions, holder string) error {
	if o.DatabaseURL == "" {
		return nil
	}
	_, err := tx.Leases().Acquire(ctx, run.DriverLease, holder, claimTime)
	if entity.CodeOf(err) == entity.CodeConflict {
		return entity.Errorf(entity.CodeConflict, "another server works on this database (%w). Stop that one first; if it was killed or its machine is gone, start again after that time", err)
	}
	return err
}

// mismatch says what differs between the database's installation and the folder at hand.
func mismatch(stored, mine installation, keys []string, o cli.ServeOptions) error {
	if stored.Folder != mine.Folder {
		return entity.Errorf(entity.CodeConflict, `the database belongs to another data folder: it was used last with folder %.8s at %s, this is folder %.8s at %s. Keys, files, long logs and running attempts lie in the data folder and would be lost.
  - to go on as before, start the server with that folder: --data %s
  - to move it, stop the server there, bring the whole folder here, and start with it
  - if that folder is gone for good, `+"`%s`"+` makes the database this folder's and says first what is lost`,
			stored.Folder, stored.Place, mine.Folder, mine.Place, stored.Place[strings.IndexByte(stored.Place, ':')+1:], adoptCommand(o))
	}
	if !slices.Contains(keys, stored.Key) {
		return entity.Errorf(entity.CodeConflict, `the key file %s does not hold the key %s with which this database was used last; it holds %s. Without that key no stored secret can be read.
  - put the key file back from a backup, and start again
  - if that key is gone for good, `+"`%s`"+` goes on with the keys at hand and says first what is lost`,
			filepath.Join(o.Data, "key"), stored.Key, strings.Join(keys, ", "), adoptCommand(o))
	}
	return nil
}

func adoptCommand(o cli.ServeOptions) string {
	c := "dhub data adopt --data " + o.Data
	if o.DatabaseURL != "" {
		c += " --database-url …"
	}
	return c
}
