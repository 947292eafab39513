package httpapi

const (
	maxBulk    = 1000    // runs of one bulk call
	maxPreview = 4 << 20 // bytes of a file that a preview reads
)
