// Command dhub is the whole product: server, command line, and the keeper of local runs.
package main

import (
	"context"
	"os"

	_ "dhub/engine/local/keeper" // takes over in its init when this process is a keeper; must come first

	"dhub/internal/app"
	"dhub/internal/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), app.Host(), os.Args[1:]))
}
