package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) dataCmd() *cobra.Command {
	parent := group("data", "Look after the data folder")
	o, yes := ServeOptions{}, false
	adopt := &cobra.Command{
		Use:   "adopt",
		Short: "Give a database to this data folder when its own folder or key is gone",
		Long: `A database belongs to one data folder and its key: keys, files, long logs and running attempts lie there. A
server refuses a database that was used with another folder or key. To move an installation, stop the server,
bring the whole folder to its new place, and start with it: nothing else is needed.

This command is for when the old folder or key is gone for good. It says what is lost, asks, and makes the
database the folder's own. At the next start runs that were executing elsewhere end with the reason host_lost.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.ensureData(); err != nil {
				return err
			}
			o.Data = a.data
			if err := a.host.Adopt(cmd.Context(), o, a.consent(yes)); err != nil {
				return err
			}
			fmt.Fprintf(a.err, "the database belongs to the data folder %s now\n", a.data)
			return nil
		},
	}
	databaseFlag(adopt, &o)
	adopt.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	parent.AddCommand(adopt)
	return parent
}

func (a *app) keyCmd() *cobra.Command {
	parent := group("key", "Look after the key that seals secrets")
	o, yes, onlyNew := ServeOptions{}, false, false
	rotate := &cobra.Command{
		Use:   "rotate",
		Short: "Make a new key and seal every stored secret with it",
		Long: `Make a new key in the data folder's key file, and seal every stored secret, and what live runs were given,
with it. The server must be stopped; live runs go on meanwhile. Former keys stay in the file, since credentials
and addresses signed with them are still in the hands of jobs and clients; new ones are signed with the new key.

With --only-new the former keys are forgotten, as after a theft: file-store credentials and presigned addresses
handed out before end at once, also those of live runs. Backups of the database need the key file of their time:
keep a copy.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.ensureData(); err != nil {
				return err
			}
			o.Data = a.data
			keys, err := a.host.RotateKey(cmd.Context(), o, onlyNew, a.consent(yes))
			if err != nil {
				return err
			}
			fmt.Fprintf(a.err, "the new key is %s; the key file holds %s\n", keys[len(keys)-1], strings.Join(keys, ", "))
			return nil
		},
	}
	databaseFlag(rotate, &o)
	rotate.Flags().BoolVar(&onlyNew, "only-new", false, "forget the former keys")
	rotate.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	parent.AddCommand(rotate)
	return parent
}

func databaseFlag(cmd *cobra.Command, o *ServeOptions) {
	cmd.Flags().StringVar(&o.DatabaseURL, "database-url", os.Getenv("DHUB_DATABASE_URL"), "the server's database, when it is not the embedded one")
}

// consent asks on the terminal, unless it was given by a flag.
func (a *app) consent(yes bool) func(string) error {
	if yes {
		return func(string) error { return nil }
	}
	return a.confirm
}
