package cli

import (
	"context"
	"regexp"
	"strings"

	"dhub/client"
	"dhub/entity"
)

var numbers = regexp.MustCompile(`[0-9]+`)

// spelled finds a version of a language among those that the server's schema lists: by name, whatever its case,
// or by its numbers, so that 3.12 is PYTHON3_12.
func (a *app) spelled(ctx context.Context, c *client.Client, kind, version string) (string, error) {
	list, err := c.Choices(ctx, entity.Function, kind, languageVersion)
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return version, nil // the server checks it
	}
	want := strings.Join(numbers.FindAllString(version, -1), ".")
	for _, v := range list {
		if strings.EqualFold(v, version) || want != "" && want == strings.Join(numbers.FindAllString(v, -1), ".") {
			return v, nil
		}
	}
	return "", entity.Invalid("python-version", "enum", "unknown version %q; this server knows: %s", version, strings.Join(list, ", "))
}
