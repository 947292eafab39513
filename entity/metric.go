package entity

import (
	"bytes"
	"encoding/json"
)

// CheckMetric tells whether a value can be a metric: a number or an array of numbers. NaN and the infinities,
// for which JSON has no number, are among them under their names, as Scan makes them of the tokens that
// clients send: a training whose loss has become NaN goes on.
func CheckMetric(raw json.RawMessage) error {
	if !json.Valid(raw) {
		return Invalid("", "syntax", "A metric is a number or an array of numbers, and this is no JSON.")
	}
	if isMetricNumber(raw) {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || list == nil {
		return Invalid("", "type", "A metric is a number or an array of numbers, not %s.", TypeName(raw))
	}
	for i, v := range list {
		if !isMetricNumber(v) {
			return Invalid("", "type", "A metric is a number or an array of numbers; entry %d is %s.", i, TypeName(v))
		}
	}
	return nil
}

func isMetricNumber(v json.RawMessage) bool {
	if s, ok := AsString(v); ok {
		return s == "NaN" || s == "Infinity" || s == "-Infinity"
	}
	v = bytes.TrimSpace(v)
	return len(v) > 0 && (v[0] == '-' || v[0] >= '0' && v[0] <= '9')
}

// LastNumber is the last number of a metric, or of the end of one that is too long to be read whole; nil for an
// empty series. whole is false when what is before the number was not seen, so that the number may be cut.
func LastNumber(tail []byte) (last []byte, whole bool) {
	tail = bytes.TrimSpace(tail)
	tail = bytes.TrimSpace(bytes.TrimSuffix(tail, []byte("]")))
	at := bytes.LastIndexAny(tail, ",[")
	last = bytes.TrimSpace(tail[at+1:])
	if len(last) == 0 {
		last = nil
	}
	return last, at >= 0
}
