package cli

import (
	"os"
	"path/filepath"
	"strings"

	"dhub/entity"
)

// source is a file that is to be run.
type source struct {
	file, handler string
	init          string // the function that is called before the handler
	kind, action  string // what the runtimes of this build make of the file
	text          []byte
	told          []string // notes that were printed when the run was made
}

// readSource reads FILE:HANDLER and refuses what cannot work before anything is made.
func (a *app) readSource(target string) (source, error) {
	file, handler, ok := cutHandler(target)
	if strings.HasPrefix(target, ":") {
		return source{}, entity.Invalid("FILE:HANDLER", "pattern", "%q names no file; write FILE%[1]s, the file that holds the function", target)
	}
	if !ok {
		return source{}, entity.Invalid("FILE:HANDLER", "pattern", "%q names no handler; write %s:HANDLER, the function to call", target, strings.TrimSuffix(target, ":"))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return source{}, entity.Invalid("FILE", "reference", "cannot read the function's file: %v", err)
	}
	return a.sourceOf(file, handler, text)
}

// sourceOf is readSource with the file read already.
func (a *app) sourceOf(file, handler string, text []byte) (source, error) {
	kind, action, ok := a.host.KindForFile(file)
	if !ok {
		return source{}, entity.Invalid("FILE", "enum", "no runtime takes files like %q", filepath.Base(file))
	}
	if err := a.host.CheckHandler(kind, text, handler); err != nil {
		return source{}, entity.Invalid("HANDLER", "reference", "%s: %v; nothing was made", file, err)
	}
	return source{file: file, handler: handler, kind: kind, action: action, text: text}, nil
}

func cutHandler(target string) (file, handler string, ok bool) {
	i := strings.LastIndexByte(target, ':')
	if i <= 0 || i == len(target)-1 {
		return "", "", false
	}
	return target[:i], target[i+1:], true
}
