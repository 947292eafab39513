package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// maxStatements bounds what a connection keeps prepared.
const maxStatements = 96

// conn is one connection with its prepared statements; one goroutine at a time uses it. Statements run
// without the caller's context: interrupting one would undo a whole transaction.
type conn struct {
	c     *sql.Conn
	d     *Dialect
	stmts map[string]*sql.Stmt
	order []string
	lost  bool // the connection or its transaction is gone

	execs, failures int // statements executed by exec, errors of the database
}

func openConn(db *sql.DB, d *Dialect, writer bool) (*conn, error) {
	ctx := context.Background()
	sc, err := db.Conn(ctx)
	if err == nil && d.Opened != nil {
		if err = d.Opened(ctx, sc, writer); err != nil {
			sc.Close()
		}
	}
	if err != nil {
		err, _ = d.Translate(err)
		return nil, err
	}
	return &conn{c: sc, d: d, stmts: map[string]*sql.Stmt{}}, nil
}

func (c *conn) close() {
	for _, s := range c.stmts {
		s.Close()
	}
	c.c.Close()
}

func (c *conn) err(err error) error {
	if err == nil {
		return nil
	}
	c.failures++
	err, fatal := c.d.Translate(err)
	c.lost = c.lost || fatal
	return err
}

func (c *conn) stmt(q string) (*sql.Stmt, error) {
	if s := c.stmts[q]; s != nil {
		return s, nil
	}
	s, err := c.c.PrepareContext(context.Background(), q)
	if err != nil {
		return nil, err
	}
	if len(c.order) >= maxStatements {
		c.stmts[c.order[0]].Close()
		delete(c.stmts, c.order[0])
		c.order = append(c.order[:0], c.order[1:]...)
	}
	c.stmts[q], c.order = s, append(c.order, q)
	return s, nil
}

// exec runs a statement and returns the number of rows it touched.
func (c *conn) exec(q string, args ...any) (int64, error) {
	var res sql.Result
	var err error
	c.execs++
	if c.d.Prepare {
		var s *sql.Stmt
		if s, err = c.stmt(q); err == nil {
			res, err = s.ExecContext(context.Background(), args...)
		}
	} else {
		res, err = c.c.ExecContext(context.Background(), q, args...)
	}
	if err != nil {
		return 0, c.err(err)
	}
	n, err := res.RowsAffected()
	return n, c.err(err)
}

// rows calls f for each row of a query; f scans.
func (c *conn) rows(q string, args []any, f func(scan func(...any) error) error) error {
	var rows *sql.Rows
	var err error
	if c.d.Prepare {
		var s *sql.Stmt
		if s, err = c.stmt(q); err == nil {
			rows, err = s.QueryContext(context.Background(), args...)
		}
	} else {
		rows, err = c.c.QueryContext(context.Background(), q, args...)
	}
	return c.each(rows, err, f)
}

// rowsOnce is rows for a text that is not worth keeping prepared.
func (c *conn) rowsOnce(q string, args []any, f func(scan func(...any) error) error) error {
	rows, err := c.c.QueryContext(context.Background(), q, args...)
	return c.each(rows, err, f)
}

func (c *conn) each(rows *sql.Rows, err error, f func(scan func(...any) error) error) error {
	if err != nil {
		return c.err(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			if errors.Is(err, errEnough) {
				return c.err(rows.Close())
			}
			return c.err(err)
		}
	}
	return c.err(rows.Err())
}

// errEnough ends rows without an error.
var errEnough = errors.New("enough")

// row scans the first row of a query and tells whether there was one.
func (c *conn) row(q string, args []any, dest ...any) (found bool, err error) {
	err = c.rows(q, args, func(scan func(...any) error) error {
		found = true
		if err := scan(dest...); err != nil {
			return err
		}
		return errEnough
	})
	return found, err
}

// pool holds the connections for reading, opened when first needed.
type pool struct {
	db   *sql.DB
	d    *Dialect
	slot chan *conn // nil: may be opened

	mu     sync.Mutex
	closed bool
}

func newPool(db *sql.DB, d *Dialect) *pool {
	p := &pool{db: db, d: d, slot: make(chan *conn, d.Readers)}
	for range d.Readers {
		p.slot <- nil
	}
	return p
}

// take prefers an open connection to opening another one.
func (p *pool) take(ctx context.Context) (*conn, error) {
	var c *conn
	select {
	case c = <-p.slot:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c == nil {
		select {
		case other := <-p.slot:
			p.slot <- nil
			c = other
		default:
		}
	}
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if closed {
		p.slot <- c
		return nil, errClosed()
	}
	if c != nil {
		return c, nil
	}
	c, err := openConn(p.db, p.d, false)
	if err != nil {
		p.slot <- nil
		return nil, err
	}
	return c, nil
}

func (p *pool) give(c *conn) {
	if c != nil && c.lost {
		c.close()
		c = nil
	}
	p.slot <- c
}

// renew replaces a lost connection; on an error the caller holds nil and still gives it back.
func (p *pool) renew(c *conn) (*conn, error) {
	c.close()
	return openConn(p.db, p.d, false)
}

func (p *pool) close() {
	p.mu.Lock()
	was := p.closed
	p.closed = true
	p.mu.Unlock()
	if was {
		return
	}
	for range p.d.Readers {
		if c := <-p.slot; c != nil {
			c.close()
		}
	}
	for range p.d.Readers {
		p.slot <- nil
	}
}
