package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"dhub/entity"
	"dhub/internal/cli"
	"dhub/internal/run"
	"dhub/internal/secret"
	"dhub/internal/store"
)

// many is more attempts than can be alive at once.
const many = 100_000

// upkeeper names a command in the lease of a shared database.
const upkeeper = "a dhub command on "

// offline holds a data folder and its database while no server does.
type offline struct {
	o     cli.ServeOptions
	lock  *dataLock
	store store.Store
	keys  []byte
}

// openOffline takes the folder and the database from servers, or says which server must be stopped first.
func openOffline(ctx context.Context, o cli.ServeOptions) (*offline, error) {
	if _, err := os.Stat(o.Data); errors.Is(err, fs.ErrNotExist) {
		return nil, entity.Errorf(entity.CodeNotFound, "there is no data folder %s; name one with --data", o.Data)
	}
	lock, err := lockData(o.Data)
	if err != nil {
		return nil, err
	}
	f := &offline{o: o, lock: lock}
	if f.keys, err = secret.ReadKeys(filepath.Join(o.Data, "key")); err == nil {
		f.store, err = openStore(ctx, o, slog.New(slog.DiscardHandler))
	}
	if err == nil {
		err = f.store.Write(ctx, func(tx store.Tx) error { return drive(ctx, tx, o, upkeeper+placeOf(o.Data)) })
	}
	if err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *offline) close() {
	if f.store != nil {
		if f.o.DatabaseURL != "" { // what is left of it runs out by itself
			_ = f.store.Write(context.Background(), func(tx store.Tx) error {
				return tx.Leases().Release(context.Background(), run.DriverLease, upkeeper+placeOf(f.o.Data))
			})
		}
		_ = f.store.Close()
	}
	f.lock.release()
}

// Adopt makes a database the data folder's own after confirm has agreed to what is lost.
func Adopt(ctx context.Context, o cli.ServeOptions, confirm func(string) error) error {
	f, err := openOffline(ctx, o)
	if err != nil {
		return err
	}
	defer f.close()
	mine, err := thisInstallation(ctx, f.store, o, f.keys)
	if err != nil {
		return err
	}
	stored, ok, err := storedInstallation(ctx, f.store)
	if err != nil {
		return err
	}
	if ok && mismatch(stored, mine, secret.KeyIDs(f.keys), o) == nil {
		return entity.Errorf(entity.CodeConflict, "the database belongs to the data folder %s already; nothing was changed", o.Data)
	}
	question, err := f.losses(ctx, stored, mine)
	if err != nil {
		return err
	}
	if err := confirm(question); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx store.Tx) error { return writeInstallation(ctx, tx, mine) })
}

// losses says what a folder that takes a database over cannot reach.
func (f *offline) losses(ctx context.Context, stored, mine installation) (string, error) {
	secrets, err := secret.New(f.store, f.keys)
	if err != nil {
		return "", err
	}
	var values, sealed, attempts int
	err = f.store.Read(ctx, func(tx store.Tx) error {
		values, sealed = 0, 0
		err := tx.Values().Each(ctx, func(project, name string, v []byte) error {
			values++
			if !secrets.Opens(project, name, v) {
				sealed++
			}
			return nil
		})
		if err != nil {
			return err
		}
		list, err := tx.Attempts().Uncleared(ctx, "", "", many)
		attempts = len(list)
		return err
	})
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%d of %d stored secrets cannot be opened with the keys at hand and must be stored anew.\n", sealed, values)
	if stored.Folder != mine.Folder {
		text += fmt.Sprintf("Files and long logs that lie in the folder %.8s (last at %s) cannot be reached any more.\n", stored.Folder, stored.Place)
		text += fmt.Sprintf("%d attempts that have not been put away end as lost, unless they were executed on this folder.\n", attempts)
	}
	return text + "Give the database to the data folder " + f.o.Data + "?", nil
}

// RotateKey adds a fresh key to the key file and seals every stored secret, and the values of live attempts,
// with it. A crash between two steps leaves everything readable: the file holds the new key before anything is
// sealed with it, and former keys go last.
func RotateKey(ctx context.Context, o cli.ServeOptions, onlyNew bool, confirm func(string) error) ([]string, error) {
	f, err := openOffline(ctx, o)
	if err != nil {
		return nil, err
	}
	defer f.close()
	stored, ok, err := storedInstallation(ctx, f.store)
	if err != nil {
		return nil, err
	}
	mine, err := thisInstallation(ctx, f.store, o, f.keys)
	if err != nil {
		return nil, err
	}
	if ok {
		if err := mismatch(stored, mine, secret.KeyIDs(f.keys), o); err != nil {
			return nil, err
		}
	}
	question := "Make a new key and seal every stored secret with it?"
	if onlyNew {
		question = "Make a new key, seal every stored secret with it, and forget the former keys? File-store credentials and presigned addresses handed out so far end at once."
	}
	if err := confirm(question); err != nil {
		return nil, err
	}
	path := filepath.Join(o.Data, "key")
	keys, err := secret.AddKey(path)
	if err != nil {
		return nil, err
	}
	f.keys = keys
	if mine, err = thisInstallation(ctx, f.store, o, keys); err != nil {
		return nil, err
	}
	if err := f.reseal(ctx, mine); err != nil {
		return nil, err
	}
	if onlyNew {
		if keys, err = secret.KeepNewest(path); err != nil {
			return nil, err
		}
	}
	return secret.KeyIDs(keys), nil
}

// reseal brings all that is sealed under the newest key, in one transaction with the installation's record. What
// no key opens stays as it is.
func (f *offline) reseal(ctx context.Context, mine installation) error {
	secrets, err := secret.New(f.store, f.keys)
	if err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx store.Tx) error {
		if err := secrets.Reseal(ctx, tx); err != nil {
			return err
		}
		if err := run.Reseal(ctx, tx, secrets); err != nil {
			return err
		}
		return writeInstallation(ctx, tx, mine)
	})
}
