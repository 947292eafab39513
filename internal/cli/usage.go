package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dhub/entity"
)

// words is how many words a command takes after its name; the refusal says what they stand for.
func words(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && len(args) <= most {
			return nil
		}
		for i, word := range args {
			if i >= most && strings.Contains(word, "=") && cmd.Flags().Lookup("param") != nil {
				return entity.Invalid("args", "pattern", "%q needs -p before it when it is a parameter (-p %s), -i when it is an input; see %s --help", word, word, cmd.CommandPath())
			}
		}
		takes := strings.TrimSuffix(strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath()), " [flags]")
		if takes = strings.TrimSpace(takes); takes == "" {
			takes = "no further words"
		}
		return entity.Invalid("args", "size", "%s takes %s, got %s; see %s --help", cmd.CommandPath(), takes, quoted(args), cmd.CommandPath())
	}
}

var noArgs = words(0, 0)

func quoted(args []string) string {
	if len(args) == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%q", strings.Join(args, " "))
}

// group is a command that only holds others.
func group(name, short string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Args: cobra.ArbitraryArgs, RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		var names []string
		for _, c := range cmd.Commands() {
			if !c.Hidden && c.Name() != "help" {
				names = append(names, c.Name())
			}
		}
		return entity.Invalid("command", "enum", "%s has no command %q; it has: %s", cmd.CommandPath(), args[0], strings.Join(names, ", "))
	}}
}

// otherVerbs are words that people know from other tools, with what does the same here.
var otherVerbs = map[string]string{
	"ps": "get runs", "ls": "get KIND", "list": "get KIND", "show": "get KIND NAME", "describe": "get KIND NAME",
	"rm": "delete KIND NAME", "remove": "delete KIND NAME", "del": "delete KIND NAME",
	"kill": "stop RUN", "cancel": "stop RUN", "log": "logs RUN", "tail": "logs -f RUN",
	"exec": "run FILE:HANDLER", "execute": "run FILE:HANDLER", "invoke": "run FILE:HANDLER", "submit": "run -d FILE:HANDLER",
	"start": "serve", "server": "serve", "up": "serve", "down": "serve --stop", "shutdown": "serve --stop",
	"status": "get run RUN", "explain": "why RUN", "new": "create secret NAME", "add": "create secret NAME",
	"put": "upload FILE", "push": "upload FILE", "fetch": "download KEY", "pull": "download KEY",
	"init": "run FILE:HANDLER", "deploy": "run FILE:HANDLER", "apply": "run FILE:HANDLER",
}

// unknownVerb says which command does what an unknown one was meant for.
func unknownVerb(cmd *cobra.Command, args []string) error {
	verb := args[0]
	if strings.Contains(verb, ":") || strings.Contains(verb, ".") {
		return entity.Invalid("command", "enum", "%q is no command; to run a function of a file: dhub run %s", verb, verb)
	}
	if here, ok := otherVerbs[verb]; ok {
		if len(args) > 1 {
			here = strings.NewReplacer("KIND", args[1], "FILE:HANDLER", args[1], "FILE", args[1], "RUN", args[1], "KEY", args[1]).Replace(here)
		}
		return entity.Invalid("command", "enum", "unknown command %q; here it is: dhub %s", verb, here)
	}
	if near := cmd.Root().SuggestionsFor(verb); len(near) > 0 {
		return entity.Invalid("command", "enum", "unknown command %q; did you mean %s? dhub --help lists them", verb, strings.Join(near, " or "))
	}
	return entity.Invalid("command", "enum", "unknown command %q; dhub --help lists them", verb)
}
