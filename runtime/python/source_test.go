package python_test

import (
	"strings"
	"testing"

	"dhub/runtime/python"
)

func TestCheckHandlerRefusesOnlyWhatCertainlyIsNotThere(t *testing.T) {
	t.Parallel()
	rt := python.New()
	const plain = "import os\n\ndef main(who):\n    print(who)\n\nclass Job:\n    def step(self): pass\n\nasync def later(): pass\ndef _own(): pass\n# def gone(): pass\n"
	for name, c := range map[string]struct {
		source, handler string
		fine            bool
	}{
		"def":               {plain, "main", true},
		"async def":         {plain, "later", true},
		"attribute":         {plain, "Job.step", true},
		"mistyped":          {plain, "mian", false},
		"a part of a name":  {plain, "mai", false},
		"only used":         {plain, "print", false},
		"a module's member": {plain, "path", false},
		"assignment":        {"main = lambda: 1\n", "main", true},
		"annotated":         {"main: object = print\n", "main", true},
		"several at once":   {"a, main = print, print\n", "main", true},
		"chained":           {"a = main = print\n", "main", true},
		"import":            {"from lib import main\n", "main", true},
		"import renamed":    {"from lib import work as main\n", "main", true},
		"import of several": {"from lib import (\n    one,\n    main,\n)\n", "main", true},
		"all of a module":   {"from lib import *\n", "main", true},
		"made by code":      {"globals()['ma' + 'in'] = print\n", "main", true},
		"in a condition":    {"if True:\n    def main(): pass\n", "main", true},
		"another module":    {"x = 1\n", "lib:main", true},
		"a compared name":   {"print(1 if 2 == 3 else 4)\n", "main", false},
		"nothing":           {"", "main", false},
	} {
		err := rt.CheckHandler([]byte(c.source), c.handler)
		if (err == nil) != c.fine {
			t.Errorf("%s: handler %q: got %v, want fine %v", name, c.handler, err, c.fine)
		}
	}
	if err := rt.CheckHandler([]byte(plain), "mian"); err == nil || !strings.Contains(err.Error(), "it has main, Job, later") {
		t.Errorf("got %v, want the functions that the file has", err)
	}
}

func TestLacksNamesWhatToInstall(t *testing.T) {
	t.Parallel()
	rt := python.New()
	for settings, want := range map[string]string{
		`{"interpreters":[]}`: "none was found",
		`{"interpreters":[{"path":"/usr/bin/python3.8","version":"3.8.10"}]}`: "only 3.8.10",
		`{"interpreters":[{"path":"/usr/bin/python3","version":"3.12.1"}]}`:   "",
	} {
		if got := rt.Lacks([]byte(settings)); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", settings, got, want)
		}
	}
}
