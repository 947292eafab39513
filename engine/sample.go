package engine

import "time"

// MaxSamples is how many samples a Sampler answers with at most: of a long attempt they lie further apart.
const MaxSamples = 300

// Sample is what an attempt had used at one moment, all its processes together. In the samples of an attempt
// time rises and processor time never falls, whatever became of the machine's clock.
type Sample struct {
	Time   time.Time `json:"time"`
	CPU    float64   `json:"cpu_seconds"`  // of all processors, since the attempt's processes began
	Memory int64     `json:"memory_bytes"` // held at this moment
}
