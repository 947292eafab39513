package run

import (
	"context"
	"time"

	"dhub/entity"
	"dhub/internal/store"
)

// DriverLease is the name under which one process drives runs.
const DriverLease = "driver"

const (
	leaseTTL     = 30 * time.Second
	leaseRenewal = 10 * time.Second
)

func (m *Manager) acquire(ctx context.Context) (fence int64, err error) {
	err = m.cfg.Store.Write(ctx, func(tx store.Tx) error {
		fence, err = tx.Leases().Acquire(ctx, DriverLease, m.cfg.Holder, leaseTTL)
		return err
	})
	return fence, err
}

// renew keeps the lease and returns when it is lost: then another process drives.
func (m *Manager) renew(ctx context.Context) {
	ticker := time.NewTicker(leaseRenewal)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		fence, err := m.acquire(ctx)
		m.mu.Lock()
		lost := err == nil && fence != m.fence || entity.CodeOf(err) == entity.CodeConflict
		m.mu.Unlock()
		if lost {
			m.log.ErrorContext(ctx, "the driver's lease was lost; another server drives the runs")
			return
		}
		if err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "renewing the driver's lease", "error", err)
		}
	}
}
