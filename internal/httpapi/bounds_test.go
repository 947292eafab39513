package httpapi

import (
	"slices"
	"strings"
	"testing"
)

// What asks for more than a database takes is refused with the parameter's name, on lists of every kind and searches.
func TestQueriesBeyondBounds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	w.project()
	w.job(w.task(w.function("f")), "r1")
	many := func(pair string, n int) string { return strings.Repeat("&"+pair, n) }
	long := strings.Repeat("a", 60_000)
	lists := map[string]string{
		many("sort=name,asc", 70):                "sort",
		many("sort=project,desc", 70):            "sort",
		many("labels=x", 3000):                   "labels",
		"&id=" + strings.Repeat("a,", 40_000):    "id",
		"&state=" + strings.Repeat("a,", 40_000): "state",
		"&q=" + long:                             "q",
		"&user=" + long:                          "user",
	}
	for _, path := range []string{"/runs", "/functions", "/artifacts"} {
		for query, name := range lists {
			if path != "/runs" && name == "state" {
				continue // one state, not several
			}
			e := failure(t, ask(t, w, "GET", p1+path+"?size=1"+query, ""), 400, name)
			if len(e.Errors) != 1 || e.Errors[0].Pointer != name {
				t.Errorf("%s by %s: %+v", path, name, e.Errors)
			}
		}
	}
	for query, name := range map[string]string{
		"&q=" + strings.Repeat("a+", 3000): "q", "&q=" + long: "q", many("labels=x", 3000): "labels", many("type=run", 3000): "type", many("kind=x", 3000): "kind",
		"&fq=description:" + long: "fq",
	} {
		failure(t, ask(t, w, "GET", p1+"/search?size=1"+query, ""), 400, name)
	}
	for _, query := range []string{"&state=%zz", "&a;b", many("state=READY", 20_000)} {
		failure(t, ask(t, w, "GET", p1+"/runs?size=1"+query, ""), 400, "query")
	}
	for _, query := range []string{many("labels=x", 50), many("sort=name,asc", 8), "&id=" + strings.Join(slices.Repeat([]string{"r1"}, 1000), ","), "&q=" + long[:1024]} {
		for _, path := range []string{"/runs", "/functions"} {
			if got := ask(t, w, "GET", p1+path+"?size=1"+query, ""); got.Code != 200 {
				t.Errorf("%s?%.40s: %d %s", path, query, got.Code, got.Body)
			}
		}
	}
}
