package app

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// zoneName is the name of the machine's time zone, which schedules follow that name none; "" (UTC) when the
// machine does not say.
func zoneName() string {
	name := os.Getenv("TZ")
	if name == "" {
		link, err := filepath.EvalSymlinks("/etc/localtime")
		if err != nil {
			return ""
		}
		_, name, _ = strings.Cut(link, "/zoneinfo/")
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return ""
	}
	return name
}
