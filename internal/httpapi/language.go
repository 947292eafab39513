package httpapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Languages are those in which texts for people are served; the first is the one for all others.
var Languages = []string{"en", "it"}

var languageHeader = text("Accept-Language", "Language of titles and descriptions: en or it.")

// language is the best of Languages for a request.
func language(r *http.Request) string {
	best, weight := Languages[0], 0.0
	for _, header := range r.Header.Values("Accept-Language") {
		for part := range strings.SplitSeq(header, ",") {
			tag, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
			primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
			q := 1.0
			if v, ok := strings.CutPrefix(strings.TrimSpace(quality), "q="); ok {
				n, err := strconv.ParseFloat(v, 64)
				if err != nil {
					continue
				}
				q = n
			}
			if q > weight && slices.Contains(Languages, primary) {
				best, weight = primary, q
			}
		}
	}
	return best
}
