package cli

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"dhub/entity"
)

// flagOf are the flags of dhub run that fill the fields of a run's and a function's spec.
var flagOf = map[string]string{
	"parameters": "param", "inputs": "input", "outputs": "output", "envs": "env", "secrets": "secret",
	"requirements": "requirement", languageVersion: "python-version", "resources/cpu": "cpu", "resources/mem": "mem",
	"timeout": "timeout", "backoff_limit": "retries", "source/init_function": "init",
}

// inFlags words a refusal of the server with the flag that was typed instead of the field that it fills.
func inFlags(err error) error {
	var e *entity.Error
	if !errors.As(err, &e) || len(e.Fields) != 1 {
		return err
	}
	pointer := e.Fields[0].Pointer
	field := strings.TrimPrefix(strings.TrimPrefix(pointer, "/spec"), "/")
	for path, flag := range flagOf {
		if rest, ok := strings.CutPrefix(field, path); ok && (rest == "" || rest[0] == '/') {
			worded := *e
			worded.Message = strings.NewReplacer(pointer, "--"+flag, "/"+field, "--"+flag).Replace(e.Message)
			return &worded
		}
	}
	return err
}

// span is a flag that takes a duration such as 90s or 5m, or a plain number of seconds.
type span time.Duration

func (s *span) String() string {
	if *s == 0 {
		return ""
	}
	return time.Duration(*s).String()
}

// Type names the value in the help.
func (*span) Type() string { return "duration" }

// Set implements pflag.Value; a negative duration is refused.
func (s *span) Set(text string) error {
	d, err := time.ParseDuration(text)
	if seconds, nerr := strconv.ParseFloat(text, 64); nerr == nil {
		if math.IsNaN(seconds) || math.Abs(seconds) > math.MaxInt64/float64(time.Second) {
			return errors.New("expected a duration such as 90s, 5m or a number of seconds")
		}
		d, err = time.Duration(seconds*float64(time.Second)), nil
	}
	if err != nil {
		return errors.New("expected a duration such as 90s, 5m or a number of seconds")
	}
	if d < 0 {
		return errors.New("expected 0 (no limit) or more")
	}
	*s = span(d)
	return nil
}

// count is a flag that takes a whole number from 0 on.
type count int

func (c *count) String() string { return strconv.Itoa(int(*c)) }

// Type names the value in the help.
func (*count) Type() string { return "int" }

// Set implements pflag.Value; a negative number is refused.
func (c *count) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > math.MaxInt32 {
		return errors.New("expected a whole number, 0 or more")
	}
	*c = count(n)
	return nil
}
