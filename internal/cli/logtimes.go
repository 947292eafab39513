package cli

import (
	"bytes"

	"dhub/client"
)

// stampForm is RFC 3339 with milliseconds, in UTC: of one width, and in order as text.
const stampForm = "2006-01-02T15:04:05.000Z07:00"

// timedPrinter writes a log with the time before each line at which its first byte was written, - where that is not
// known. A line that an attempt left open is closed before the next one's.
func (a *app) timedPrinter() func(client.LogChunk) error {
	write := a.logPrinter()
	attempt, open := 0, false
	return func(ch client.LogChunk) error {
		var out bytes.Buffer
		if open && ch.Attempt != attempt {
			if _, err := a.out.Write([]byte("\n")); err != nil {
				return err
			}
			open = false
		}
		attempt = ch.Attempt
		offset := ch.Offset
		for line := range bytes.Lines(ch.Data) {
			if !open {
				if at := ch.TimeAt(offset); at.IsZero() {
					out.WriteString("- ")
				} else {
					out.WriteString(at.UTC().Format(stampForm) + " ")
				}
			}
			out.Write(line)
			open = line[len(line)-1] != '\n'
			offset += int64(len(line))
		}
		ch.Data = out.Bytes()
		return write(ch)
	}
}
