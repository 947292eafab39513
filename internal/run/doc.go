// Package run keeps runs: it creates them, queues them, hands their attempts to engines, follows those to
// their end, and answers every question about them.
//
//	          Create                claim             first status           final status
//	(client) ───────→ READY ─────────────→ PENDING ───────────→ RUNNING ───────────────→ COMPLETED | ERROR
//	                  queued │  ↑ retry_wait  starting, preparing   │ executing
//	                         │  └──────────────────────────────────┘ another attempt (backoff_limit)
//	                  stop   └→ STOPPED          stop: STOP ───────→ STOPPED
//	       delete: DELETING until the engine has let go, then no row is left
//
// The store holds the intent (store.Run.Desired, the attempt with what it executes, its handle); the driver
// makes the engine follow it. Each step of the driver reads what is stored, so that it may be repeated after
// a crash at any instruction: recovery is the ordinary path. One attempt passes through
//
//	intent stored → engine.Start → handle stored → engine.Observe → logs stored → one write with the end
//	→ engine.Remove → marked as cleared
//
// A queued run costs a row and nothing else: no goroutine, no document in memory.
package run
