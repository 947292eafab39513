// Package sqlstore implements store.Store over database/sql for every dialect: one SQL text in the common
// subset of SQLite and PostgreSQL, and a Dialect for the rest.
//
// Writers run one after another, many callers to a commit; that, and the lock on the row of head, gives
// the change feed its order without holes. Lists of runs answer from facets, see facets.go and runlist.go.
package sqlstore

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// Options of a store; the zero value is usable.
type Options struct {
	Now       func() time.Time
	Logger    *slog.Logger
	TrimAfter time.Duration // age at which changes and remembered answers go; 24 hours unless given
	// CountLimit is how far lists count; beyond it a total may be a floor. 10,000 unless given.
	CountLimit int
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.TrimAfter <= 0 {
		o.TrimAfter = 24 * time.Hour
	}
	if o.CountLimit <= 0 {
		o.CountLimit = 10_000
	}
	return o
}

// Dialect is what the two products do not share.
type Dialect struct {
	Name       string
	Place      string // file or host and database, without credentials
	Prepare    bool   // keep statements prepared per connection; false where the driver does
	Batch      int    // rows per INSERT when many are written
	Readers    int    // connections for reading
	BeginRead  string
	BeginWrite string
	ForUpdate  string // appended to the SELECT that serialises writers
	EmptyBytes string // the literal of no bytes
	// Text search over runs. TextNums selects one row with the numbers of matching runs, newest first,
	// separated by commas: $1 from TextPattern, $2 the most numbers, $3 above all of them. Where the index does not keep itself,
	// TextIndex adds the runs numbered above $1 and up to $2, and TextDelete takes run $1 with text $2 out.
	TextNums, TextIndex, TextDelete string
	TextPattern                     func(text string) string
	// TextMerge merges some of what the text indexes of runs and of entities took in, at most $1 pages.
	TextMerge [2]string
	// FindMatch is the condition under which a row of entities_text holds a text, ? standing for TextPattern of it.
	FindMatch string
	// Translate makes an entity.Error of a driver's error. fatal: the connection or transaction is lost.
	Translate func(err error) (translated error, fatal bool)
	// Opened prepares a new connection.
	Opened func(ctx context.Context, c *sql.Conn, writer bool) error
	// Notify, if not empty, is executed in each transaction that changes something.
	Notify string
	// Closing is called with the last open connection.
	Closing func(ctx context.Context, c *sql.Conn)
}

// Store implements store.Store.
type Store struct {
	db   *sql.DB
	d    *Dialect
	opts Options

	readers *pool
	queue   queue
	stamp   atomic.Int64 // odd while a commit changes functions, workflows or tasks
	writer  *conn        // owned by the leader of the queue

	names  *interned
	mirror *mirror
	blocks *blockMirror
	tail   tail
	memory *memory
	codec  codec

	wakeMu sync.Mutex
	wakes  map[chan struct{}]struct{}

	trimmedAt time.Time // owned by the leader
	merged    [2]bool   // by TextMerge: nothing is left to merge; owned by the leader
	closeOnce sync.Once
	closeErr  error
}

var _ store.Store = (*Store)(nil)

// New makes a store on an opened and migrated database, which it owns from then on.
func New(db *sql.DB, d *Dialect, opts Options) *Store {
	s := &Store{db: db, d: d, opts: opts.withDefaults(), names: newInterned(), mirror: newMirror(), blocks: newBlockMirror(), memory: newMemory(), wakes: map[chan struct{}]struct{}{}}
	s.readers = newPool(db, d)
	return s
}

// Read runs f on one snapshot.
func (s *Store) Read(ctx context.Context, f func(store.Tx) error) (err error) {
	c, err := s.readers.take(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if c != nil && c.lost {
			s.forget()
		}
		s.readers.give(c)
	}()
	if _, err := c.exec(s.d.BeginRead); err != nil {
		if !c.lost {
			return err
		}
		// A connection may have died while it lay in the pool: once more on a new one.
		s.forget()
		if c, err = s.readers.renew(c); err != nil {
			return err
		}
		if _, err := c.exec(s.d.BeginRead); err != nil {
			return err
		}
	}
	defer func() {
		if _, e := c.exec("ROLLBACK"); e != nil && err == nil {
			err = e
		}
	}()
	return f(&tx{s: s, c: c})
}

// forget drops what is remembered of committed data: a number turned out to be gone, or a connection was lost,
// and what answers next may be a database that was restored from a backup.
func (s *Store) forget() {
	s.names.forget()
	s.mirror.forget()
	s.blocks.forget()
}

// Changes implements store.Store.
func (s *Store) Changes(ctx context.Context, after int64, max int) (out []store.Change, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if out, known := s.tail.after(after, max); known {
		return out, nil
	}
	err = s.Read(ctx, func(t store.Tx) error {
		out, err = t.(*tx).changes(after, max)
		return err
	})
	return out, err
}

// Head implements store.Store.
func (s *Store) Head(ctx context.Context) (seq int64, err error) {
	err = s.Read(ctx, func(t store.Tx) error {
		_, err := t.(*tx).c.row("SELECT seq FROM head WHERE one = 1", nil, &seq)
		return err
	})
	return seq, err
}

// Stamp implements store.Store.
func (s *Store) Stamp() (stamp int64, known bool) {
	stamp = s.stamp.Load()
	return stamp, stamp%2 == 0 && s.d.Notify == ""
}

// Wake implements store.Store.
func (s *Store) Wake() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	s.wakeMu.Lock()
	s.wakes[c] = struct{}{}
	s.wakeMu.Unlock()
	return c, func() {
		s.wakeMu.Lock()
		delete(s.wakes, c)
		s.wakeMu.Unlock()
	}
}

// WakeAll tells all that wait on Wake that something was committed, here or elsewhere.
func (s *Store) WakeAll() {
	s.wakeMu.Lock()
	defer s.wakeMu.Unlock()
	for c := range s.wakes {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Describe implements store.Store.
func (s *Store) Describe() string {
	version := ""
	err := s.Read(context.Background(), func(t store.Tx) error {
		q := "SELECT version()"
		if s.d.Prepare {
			q = "SELECT sqlite_version()"
		}
		_, err := t.(*tx).c.row(q, nil, &version)
		return err
	})
	if err != nil {
		version = "unreachable: " + err.Error()
	}
	return s.d.Name + " " + version + " at " + s.d.Place
}

// Close waits for writers and readers and closes the database.
func (s *Store) Close() error {
	s.closeOnce.Do(func() {
		s.queue.close()
		s.tail.forget()
		s.readers.close()
		if s.writer != nil {
			if s.d.Closing != nil {
				s.d.Closing(context.Background(), s.writer.c)
			}
			s.writer.close()
		}
		s.closeErr = s.db.Close()
	})
	return s.closeErr
}

func errClosed() error { return entity.Errorf(entity.CodeUnavailable, "the store is closed") }

// Clock returns the clock of these options.
func (o Options) Clock() func() time.Time { return o.withDefaults().Now }
