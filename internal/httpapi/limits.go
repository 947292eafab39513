package httpapi

import "dhub/internal/artifact"

const (
	maxBulk    = 1000                // runs of one bulk call
	maxPreview = artifact.MaxPreview // bytes of a file that a preview reads
)
